import * as z from 'zod';
import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { read } from '../answers.ts';
import type { Lab } from '../lab.ts';
import { type changedEntry, type EntryKind, type newEntry, PLURALS } from './catalog.ts';
import type { Attributes } from './profiles.ts';

const started = z.looseObject({ data: z.looseObject({ id: z.string() }) });

const sources = z.array(z.looseObject({ source: z.looseObject({ pointer: z.string().nullish() }).nullish() }));

const shown = z.looseObject({
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
export type Done =
  | {
      refusal?: undefined;
      /** How many entries failed. */
      failed: number;
      /** JSON pointers of the errors, where they have one. */
      pointers: string[];
    }
  /** Klaviyo refused the job as a whole. */
  | { refusal: RawAnswer };

const pointersIn = (errors: z.output<typeof sources>): string[] =>
  errors.flatMap(({ source }) => source?.pointer ?? []);

/** Starts a job and waits for its end; gives the refusal where Klaviyo refuses the job as a whole. */
async function carriedOut({ klaviyo, awaited }: Lab, type: string, attributes: Attributes) {
  const path = `/api/${type}s`;
  const answer = await klaviyo({ method: 'POST', path, body: { data: { type, attributes } } });
  if (answer.status >= 300) return { refusal: answer };
  const { id } = read(started, answer).data;
  const job = await awaited('the end of a job', async () => {
    const { attributes } = read(shown, await klaviyo({ method: 'GET', path: `${path}/${id}` })).data;
    return ['complete', 'cancelled'].includes(attributes.status) ? attributes : undefined;
  });
  return { id, failed: job.failed_count ?? 0, errors: job.errors ?? [] };
}

/** Has profiles imported by a job, and waits for its end. */
export async function importMany(lab: Lab, profiles: readonly Attributes[]): Promise<Done> {
  const type = 'profile-bulk-import-job';
  const data = profiles.map((attributes) => ({ type: 'profile', attributes }));
  const { refusal, id, failed } = await carriedOut(lab, type, { profiles: { data } });
  if (refusal) return { refusal };
  const path = `/api/${type}s/${id}/import-errors`;
  const errors = read(importErrors, await lab.klaviyo({ method: 'GET', path })).data;
  return { failed, pointers: pointersIn(errors.map(({ attributes }) => attributes)) };
}

/** An entry of the catalog as a job has it. */
type JobEntry = ReturnType<typeof newEntry> | ReturnType<typeof changedEntry>;

/** Has catalog entries created or changed by a job, and waits for its end. */
export async function writeMany(
  lab: Lab,
  kind: EntryKind,
  how: 'create' | 'update',
  data: readonly JobEntry[],
): Promise<Done> {
  const { refusal, failed, errors } = await carriedOut(lab, `catalog-${kind}-bulk-${how}-job`, {
    [PLURALS[kind]]: { data },
  });
  return refusal ? { refusal } : { failed, pointers: pointersIn(errors) };
}
