import * as z from 'zod';
import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { read } from '../answers.ts';
import type { Lab } from '../lab.ts';
import { type changedEntry, type EntryKind, type newEntry, PLURALS } from './catalog.ts';
import type { Attributes } from './profiles.ts';

const started = z.looseObject({ data: z.looseObject({ id: z.string() }) });

const sources = z.array(z.looseObject({ source: z.looseObject({ pointer: z.string().nullish() }).nullish() }));

const job = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({
      status: z.string(),
      failed_count: z.number().nullish(),
      errors: sources.nullish(),
    }),
  }),
});

const importErrors = z.looseObject({ data: z.array(z.looseObject({ attributes: sources.element })) });

/** What came of a job. */
export interface Done {
  /** How many entries failed. */
  failed: number;
  /** JSON pointers of the errors, where they have one. */
  pointers: string[];
}

const pointersIn = (errors: z.output<typeof sources>): string[] =>
  errors.flatMap(({ source }) => source?.pointer ?? []);

/** Waits for the end of a job, and returns what it says of itself. */
async function ended({ klaviyo, awaited }: Lab, path: string) {
  return awaited('the end of a job', async () => {
    const { attributes } = read(job, await klaviyo({ method: 'GET', path })).data;
    return ['complete', 'cancelled'].includes(attributes.status) ? attributes : undefined;
  });
}

/** Has profiles imported by a job, and waits for its end. */
export async function importMany(lab: Lab, profiles: readonly Attributes[]): Promise<Done> {
  const path = '/api/profile-bulk-import-jobs';
  const data = profiles.map((attributes) => ({ type: 'profile', attributes }));
  const body = { data: { type: 'profile-bulk-import-job', attributes: { profiles: { data } } } };
  const { id } = read(started, await lab.klaviyo({ method: 'POST', path, body })).data;
  const { failed_count } = await ended(lab, `${path}/${id}`);
  const errors = read(importErrors, await lab.klaviyo({ method: 'GET', path: `${path}/${id}/import-errors` }));
  return { failed: failed_count ?? 0, pointers: pointersIn(errors.data.map(({ attributes }) => attributes)) };
}

/** An entry of the catalog as a job has it. */
type JobEntry = ReturnType<typeof newEntry> | ReturnType<typeof changedEntry>;

/** Has catalog entries created or changed by a job, and waits for its end; the refusal where the job is refused as a whole. */
export async function writeMany(
  lab: Lab,
  kind: EntryKind,
  how: 'create' | 'update',
  data: readonly JobEntry[],
): Promise<Done | RawAnswer> {
  const type = `catalog-${kind}-bulk-${how}-job`;
  const body = { data: { type, attributes: { [PLURALS[kind]]: { data } } } };
  const answer = await lab.klaviyo({ method: 'POST', path: `/api/${type}s`, body });
  if (answer.status >= 300) return answer;
  const { failed_count, errors } = await ended(lab, `/api/${type}s/${read(started, answer).data.id}`);
  return { failed: failed_count ?? 0, pointers: pointersIn(errors ?? []) };
}
