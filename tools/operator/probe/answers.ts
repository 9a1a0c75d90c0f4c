import * as z from 'zod';
import type { RawAnswer } from '../../../shared/klaviyo/raw.ts';
import { ToolError } from '../support/cli.ts';

const refusal = z.looseObject({
  errors: z
    .array(
      z.looseObject({
        code: z.string().optional(),
        source: z.looseObject({ pointer: z.string().nullish() }).nullish(),
        meta: z.looseObject({ duplicate_profile_id: z.string().optional() }).nullish(),
      }),
    )
    .min(1),
});

const problemsOf = ({ data }: RawAnswer) => refusal.safeParse(data).data?.errors ?? [];

/** Returns the JSON pointers of a refusal into the request, one for each problem that has one. */
export const pointersOf = (answer: RawAnswer): string[] =>
  problemsOf(answer).flatMap(({ source }) => source?.pointer ?? []);

/** Returns the profile that a refusal says has an identifier already. */
export const duplicateOf = (answer: RawAnswer): string | undefined => problemsOf(answer)[0]?.meta?.duplicate_profile_id;

/** Returns an answer in a few words: `taken`, or `refused (409 duplicate_profile)`. */
export function inWords(answer: RawAnswer): string {
  if (answer.status < 300) return 'taken';
  const code = problemsOf(answer)[0]?.code;
  return `refused (${answer.status}${code ? ` ${code}` : ''})`;
}

/**
 * Returns a successful answer.
 *
 * @throws ToolError for a refusal, as what follows cannot be found out then
 */
export function taken(answer: RawAnswer): RawAnswer {
  if (answer.status < 300) return answer;
  const [pointer] = pointersOf(answer);
  throw new ToolError(`a step before it was ${inWords(answer)}${pointer ? `, at ${pointer}` : ''}`);
}

/**
 * Returns what a successful answer holds.
 *
 * @throws ToolError for a refusal, and where the answer has another shape
 */
export function read<S extends z.ZodType>(schema: S, answer: RawAnswer): z.output<S> {
  const { success, data } = schema.safeParse(taken(answer).data);
  if (!success) throw new ToolError('Klaviyo answered with something unexpected');
  return data;
}
