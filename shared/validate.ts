import type * as z from 'zod';
import { InvalidMessageError } from './errors.ts';

/** Returns what zod found, as `path: expectation` without values. Safe to log. */
export const explain = (error: z.ZodError): string[] =>
  error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);

/** Characters of a message about malformed data: Cloud Logging takes no line above 256 KB, and a person reads fewer. */
const LONGEST = 2000;

/**
 * Returns unknown data as what a schema says. This is the one border where unknown becomes known.
 *
 * @param what names the data in the error, for instance "Message OrderCreated of order 123"; called only for an error
 * @throws InvalidMessageError naming each path and what was expected there, no values
 */
export function validate<S extends z.ZodType>(schema: S, data: unknown, what: () => string): z.output<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new InvalidMessageError(`${what()} is not as expected: ${explain(result.error).join('; ').slice(0, LONGEST)}`);
}
