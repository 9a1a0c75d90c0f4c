import { enforceLimits, type Taken } from '../../../test/doubles/klaviyo/limiter.ts';
import { type KlaviyoOptions, type KlaviyoStandIn, startKlaviyo } from '../../../test/doubles/klaviyo/server.ts';
import { eventsOf, type Past } from './past.ts';

const BULK = '/api/event-bulk-create-jobs';
/** Seconds. */
const MINUTE = 60;

/** How the requests in bulk came. */
interface Ledger {
  /** When each was taken, in seconds since the limits began. */
  bulk: number[];
  /** Calls by operation, and those that were refused for a limit. */
  taken: ReadonlyMap<string, Taken>;
}

/** A Klaviyo that keeps its limits. */
export interface LimitedKlaviyo extends KlaviyoStandIn {
  ledger: Ledger;
}

/**
 * Starts the stand-in that checks all, with Klaviyo's limits. What an event says is forgotten once the event is recorded: the events of
 * 60,000 orders are 2 GB.
 *
 * @param latency milliseconds of a call
 */
export async function startLimitedKlaviyo(latency: number, options: KlaviyoOptions = {}): Promise<LimitedKlaviyo> {
  const klaviyo = await startKlaviyo({ recorded: false, openApi: '', ...options });
  klaviyo.latency = latency;
  const began = performance.now();
  const taken = enforceLimits(klaviyo.faults, 1);
  const { limit } = klaviyo.faults;
  const bulk: number[] = [];
  let forgotten = 0;
  klaviyo.faults.limit = (request) => {
    const { events } = klaviyo.state;
    for (const event of events.slice(forgotten)) event.properties = {};
    forgotten = events.length;
    const quota = limit?.(request);
    if (request.path.startsWith(BULK) && !quota?.refusal) bulk.push((performance.now() - began) / 1000);
    return quota;
  };
  return Object.assign(klaviyo, { ledger: { bulk, taken } });
}

/**
 * Returns how many requests in bulk Klaviyo took in each of its minutes that lies between the first and the last request.
 *
 * @param times in seconds since the minutes began
 */
export function fullMinutes(times: readonly number[]): number[] {
  const counts = Map.groupBy(times, (time) => Math.floor(time / MINUTE));
  const [first = 0, last = 0] = [times[0], times.at(-1)].map((time = 0) => Math.floor(time / MINUTE));
  return Array.from(
    { length: Math.max(0, last - first - 1) },
    (_, index) => counts.get(first + 1 + index)?.length ?? 0,
  );
}

/** Returns the share of calls that were refused, in percent; NaN of none. */
export function refusedPercent(taken: Iterable<Pick<Taken, 'calls' | 'refusals'>>): number {
  const all = [...taken];
  const sum = (of: (one: Pick<Taken, 'calls' | 'refusals'>) => number) =>
    all.reduce((total, one) => total + of(one), 0);
  const refusals = sum((one) => one.refusals);
  return (100 * refusals) / (sum((one) => one.calls) + refusals);
}

/** What Klaviyo has of a past. */
export interface Kept {
  /** Events that it ought to have, and those of them that it has not. */
  expected: number;
  lost: number;
  /** Events of the past that may fire flows. */
  loud: number;
  /** Events that live traffic owns, or nobody. */
  strange: number;
}

/** Compares the events of an account with those of a past. */
export function keptOf(past: Past, { state }: Pick<KlaviyoStandIn, 'state'>): Kept {
  const keyOf = (metric: string, uniqueId: string, time: number) => `${metric} ${uniqueId} ${Math.floor(time / 1000)}`;
  const expected = new Set<string>();
  for (let number = 0; number < past.orders; number++)
    for (const { metric, uniqueId, time } of eventsOf(past, number)) expected.add(keyOf(metric, uniqueId, time));
  const size = expected.size;
  const kept = { expected: size, loud: 0, strange: 0 };
  for (const { metric, unique_id, time, backfill } of state.events) {
    if (!expected.delete(keyOf(metric, unique_id, Date.parse(time)))) kept.strange += 1;
    else if (!backfill) kept.loud += 1;
  }
  return { ...kept, lost: expected.size };
}
