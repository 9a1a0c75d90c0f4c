import { fullMinutes, type Kept, keptOf, refusedPercent } from './account.ts';
import type { Past } from './past.ts';
import { startHistory } from './program.ts';
import { startHistorySides } from './sides.ts';

/** How much history there is, over how many days. */
export type Size = Pick<Past, 'orders' | 'days'>;

/** How a past was written. */
export interface Backfilled extends Size, Kept {
  /** From the start of the program to its end. */
  seconds: number;
  /** Requests with events in bulk, and how many of them came in each of Klaviyo's minutes that they filled. */
  bulk: number;
  minutes: number[];
  /** Calls that Klaviyo refused for its limits, in percent: of those in bulk, and of all. */
  bulkRefused: number;
  refused: number;
  /** Milliseconds of CPU an order, of all that the program does. */
  cpu: number;
  peakMiB: number;
}

/** What backfill is asked for. */
export const BACKFILL = ['backfill', '--yes', '--only', 'customers,orders'];

/**
 * Lets backfill write a past to a Klaviyo that knows nobody, until it says that both sides agree.
 *
 * @param latency milliseconds of a call
 */
export async function measureBackfill(
  size: Size,
  latency: number,
  nodeOptions?: readonly string[],
): Promise<Backfilled> {
  const past = { ...size, begin: Date.now() };
  await using running = new AsyncDisposableStack();
  const sides = running.adopt(await startHistorySides(past, latency), (one) => one.stop());
  const run = running.adopt(startHistory(BACKFILL, sides, nodeOptions), (one) => one.stop());
  await run.untilEqual();
  const seconds = (performance.now() - run.startedAt) / 1000;
  const { bulk, taken } = sides.klaviyo.ledger;
  return {
    ...size,
    ...keptOf(past, sides.klaviyo),
    ...{ seconds, bulk: bulk.length, minutes: fullMinutes(bulk) },
    bulkRefused: refusedPercent([...taken].flatMap(([operation, calls]) => (isBulk(operation) ? calls : []))),
    refused: refusedPercent([...taken.values()]),
    cpu: run.taken.cpuMilliseconds / size.orders,
    peakMiB: run.taken.peakMiB,
  };
}

const isBulk = (operation: string) => operation.endsWith('/event-bulk-create-jobs');
