import pMap from 'p-map';
import * as z from 'zod';
import type { Patience } from '../../history/history.ts';
import { positionsOf, unlessRefused } from '../writers/answers.ts';
import { divide } from './divide.ts';
import { pack } from './pack.ts';

/** Where the entry is that failed. Nothing else is kept: the rest may be personal. */
export const problem = z.object({ source: z.object({ pointer: z.string().nullish() }).nullish() });

/** A job as Klaviyo shows it. */
export const jobAnswer = z.looseObject({
  data: z.looseObject({
    id: z.string(),
    attributes: z.looseObject({
      status: z.string(),
      failed_count: z.number().nullish(),
      errors: z.array(problem).nullish(),
    }),
  }),
});

type Job = z.output<typeof jobAnswer>['data'];
type JobAnswer = z.output<typeof jobAnswer>;

/** Jobs of one kind. */
export interface JobKind<D> {
  start(data: D[]): Promise<JobAnswer>;
  read(jobId: string): Promise<JobAnswer>;
  /** Returns the pointers to all that failed in a job, where the job itself does not tell them. */
  pointersOf?(job: Job): Promise<readonly string[]>;
  /** Most entries and bytes of a job, and bytes of an entry. */
  most: { items: number; weight: number; entry: number };
  /** Jobs in progress at once. */
  concurrency: number;
}

/** Bytes of an entry beyond what is sent of it: names in the SDK's spelling are shorter than Klaviyo's. */
const FRAME = 50;
/** Of so many entries that Klaviyo refuses without a word on which, none is looked at by itself. */
const APART = 10;
/** Milliseconds between two looks at a job: the first, and the longest. */
const PAUSES = { first: 500, longest: 20_000 };
/** Milliseconds after which a job is given up. Klaviyo has been seen to take five minutes. */
const LONGEST_JOB = 3_600_000;

/** An entry with what is sent of it. */
interface Loaded<E, D> {
  entry: E;
  data: D;
  bytes: number;
}

/**
 * Writes entries by jobs, and waits for the end of each.
 *
 * @param toData returns what is sent of an entry; undefined for one that no job can take
 * @returns the entries that Klaviyo did not take; all of a job that Klaviyo does not finish, or of which it does not tell
 *   which entries failed
 */
export async function runJobs<E, D>(
  patience: Patience,
  kind: JobKind<D>,
  entries: readonly E[],
  toData: (entry: E) => D | undefined,
): Promise<readonly E[]> {
  const loaded = entries.flatMap((entry): Loaded<E, D>[] => {
    const data = toData(entry);
    const bytes = data === undefined ? Number.POSITIVE_INFINITY : Buffer.byteLength(JSON.stringify(data)) + FRAME;
    return data === undefined || bytes > kind.most.entry ? [] : [{ entry, data, bytes }];
  });
  const packs = pack(loaded, kind.most, ({ bytes }) => bytes);
  const failed = await pMap(packs, (some) => runJob(patience, kind, some), { concurrency: kind.concurrency });
  const sent = new Set(loaded.map(({ entry }) => entry));
  return [...entries.filter((entry) => !sent.has(entry)), ...failed.flat().map(({ entry }) => entry)];
}

/** Returns the entries that one job, or those that it has to be divided into, did not take. */
async function runJob<E, D>(
  patience: Patience,
  kind: JobKind<D>,
  entries: readonly Loaded<E, D>[],
): Promise<readonly Loaded<E, D>[]> {
  type Started = { some: readonly Loaded<E, D>[]; job?: Job };
  const started = await divide<Loaded<E, D>, Started>(entries, {
    request: async (some) => [{ some, job: (await kind.start(some.map(({ data }) => data))).data }],
    refused: (entry) => [{ some: [entry] }],
    apart: APART,
  });
  const failed = await pMap(started, async ({ some, job }) => {
    const ended = job && (await endOf(patience, kind, job));
    return ended ? failedOf(some, ended, kind) : some;
  });
  return failed.flat();
}

/** Returns a job when it is complete; undefined when it is cancelled, not there any more, or takes too long. */
async function endOf<D>(patience: Patience, { read }: JobKind<D>, started: Job): Promise<Job | undefined> {
  const deadline = performance.now() + LONGEST_JOB;
  let job: Job | undefined = started;
  for (let pause = PAUSES.first; performance.now() < deadline; pause = Math.min(pause * 1.5, PAUSES.longest)) {
    if (job?.attributes.status === 'complete') return job;
    if (!job || job.attributes.status === 'cancelled') return undefined;
    await patience.wait(pause);
    job = await unlessRefused<Job | undefined>(
      read(job.id).then(({ data }) => data),
      undefined,
      404,
    );
  }
  return undefined;
}

/** Returns the entries that failed in a job. */
async function failedOf<T, D>(
  entries: readonly T[],
  job: Job,
  { pointersOf = ownPointers }: JobKind<D>,
): Promise<readonly T[]> {
  const { failed_count: count } = job.attributes;
  if (count === 0) return [];
  const positions = new Set(positionsOf(await pointersOf(job)));
  const failed = entries.filter((_, index) => positions.has(index));
  return failed.length < (count ?? 0) ? entries : failed;
}

const ownPointers = async ({ attributes }: Job): Promise<string[]> =>
  (attributes.errors ?? []).flatMap(({ source }) => source?.pointer ?? []);
