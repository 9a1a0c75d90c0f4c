import { readFileSync } from 'node:fs';
import * as z from 'zod';

const required = (expected: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined ? `is required: ${expected}` : `expected ${expected}`,
});

/** A text that has to be there. */
export const text = (expected: string) => z.string(required(expected)).trim().min(1, `expected ${expected}`);

/** A URL without a trailing slash. */
export const url = z
  .url({ protocol: /^https?$/, ...required('an http(s) URL') })
  .transform((value) => value.replace(/\/+$/, ''));

/** The value of a JSON text. */
export const json = z.string(required('JSON')).transform((value, context) => {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    context.addIssue('expected JSON');
    return z.NEVER;
  }
});

/** A JSON text, given as it is or by the path of a file. */
export const jsonOrPath = z.string().transform((value, context) => {
  if (value.trimStart().startsWith('{')) return value;
  try {
    return readFileSync(value, 'utf8');
  } catch {
    context.addIssue('expected JSON, or the path of a JSON file that can be read');
    return z.NEVER;
  }
});

/** A port number, when there is one. */
export const port = z.coerce.number('expected a port number').int().min(0).max(65535).optional();
