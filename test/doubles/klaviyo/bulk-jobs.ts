import { randomUUID } from 'node:crypto';
import type { Answer } from '../http.ts';
import { type KlaviyoError, notFound, placed, refusal, refusalOf } from './errors.ts';
import { putOff } from './jobs.ts';
import { one } from './resource.ts';
import type { Call } from './route.ts';
import type { BulkJob } from './state.ts';

/** Of each kind, as Klaviyo's OpenAPI document says of the catalog's. */
const MOST_IN_PROGRESS = 500;
const DAYS_KEPT = 7;

/** What a job writes: for each entry by itself, which throws where Klaviyo would refuse it. */
export interface Work<E> {
  /** Such as `catalog-item-bulk-create-job`. */
  type: string;
  /** Pointer to the list of entries in the request. */
  at: string;
  entries: readonly E[];
  write(entry: E): void;
}

/** Starts a job, and answers with it as it is then. Throws when too many are in progress. */
export function start<E>(call: Call, work: Work<E>): Answer {
  const { state } = call;
  const { type, entries } = work;
  const inProgress = [...state.bulkJobs.values()].filter((job) => job.type === type && job.status !== 'complete');
  if (inProgress.length >= MOST_IN_PROGRESS) throw tooMany(call.settings.jobLimitStatus);
  const created = state.stamp();
  const job: BulkJob = {
    ...{ id: randomUUID(), type, created, created_at: created, started_at: null, completed_at: null },
    ...{ status: 'queued', total_count: entries.length, completed_count: 0, failed_count: 0, errors: [] },
    expires_at: new Date(Date.parse(created) + DAYS_KEPT * 24 * 60 * 60 * 1000).toISOString(),
  };
  state.bulkJobs.set(job.id, job);
  const answer = show(job, call, 202);
  putOff(call, () => carryOut(job, call, work));
  return answer;
}

/** Answers with a job. Throws 404. */
export function showJob(type: string, call: Call): Answer {
  return show(find(type, call), call);
}

/** The job of the path. Throws 404. One that somebody asks for is being worked on, unless it is over. */
export function find(type: string, { state, id }: Call): BulkJob {
  const job = state.bulkJobs.get(id);
  if (job?.type !== type) throw notFound(type, id);
  if (job.status === 'queued') job.status = 'processing';
  return job;
}

function show(job: BulkJob, call: Call, status = 200): Answer {
  const { type } = job;
  const times = ['created_at', 'completed_at', 'expires_at'] as const;
  const counts = ['total_count', 'completed_count', 'failed_count'] as const;
  const own = type.startsWith('profile') ? 'started_at' : 'errors';
  const errors = job.errors.map(({ created, original_payload, ...error }) => error);
  return one(
    { type, path: `/api/${type}s`, attributes: ['status', ...times, ...counts, own] },
    { ...job, errors },
    call,
    status,
  );
}

/** Writes each entry. What is refused of one fails that one. */
function carryOut<E>(job: BulkJob, { state, settings }: Call, { at, entries, write }: Work<E>): void {
  for (const [index, entry] of entries.entries()) {
    const failed = settings.random() < settings.jobFailures ? BY_CHANCE : refusalOf(() => write(entry));
    if (failed) job.failed_count += 1;
    else job.completed_count += 1;
    for (const { code, title, detail, source } of failed ? placed(failed, `${at}/${index}`) : [])
      job.errors.push({
        ...{ id: randomUUID(), created: state.stamp(), code, title, detail, source },
        original_payload: entry,
      });
  }
  const now = state.stamp();
  Object.assign(job, { status: 'complete', started_at: now, completed_at: now });
}

const BY_CHANCE = refusal(500, 'error', 'An unexpected error has occurred.');

function tooMany(status: number): KlaviyoError {
  const detail = `At most ${MOST_IN_PROGRESS} jobs of a kind may be in progress.`;
  return refusal(status, status === 429 ? 'throttled' : 'invalid', detail);
}
