import { type Kept, keptOf } from './account.ts';
import { BACKFILL, type Size } from './backfill.ts';
import { startHistory } from './program.ts';
import { startHistorySides, untilTaken } from './sides.ts';

/** A past that was written by a program that was killed again and again. */
export interface Killed extends Size, Kept {
  kills: number;
  /** Requests with events in bulk, and how many it took without a kill. */
  bulk: number;
  least: number;
  /** The longest time from a kill until the next request in bulk, in seconds. */
  resumed: number;
}

/**
 * Lets backfill write a past, and kills it so many times, each after as many requests in bulk; it is begun again at once.
 *
 * @param least requests in bulk that the same past takes without a kill
 * @param latency milliseconds of a call
 */
export async function measureKilled(
  size: Size,
  { kills, least }: Pick<Killed, 'kills' | 'least'>,
  latency: number,
): Promise<Killed> {
  const past = { ...size, begin: Date.now() };
  await using running = new AsyncDisposableStack();
  const sides = running.adopt(await startHistorySides(past, latency), (one) => one.stop());
  const begin = () => running.adopt(startHistory(BACKFILL, sides), (one) => one.stop());
  const { bulk } = sides.klaviyo.ledger;
  let run = begin();
  let resumed = 0;
  for (let kill = 1; kill <= kills; kill++) {
    await untilTaken(Math.floor((least * kill) / (kills + 1)), run, sides);
    run.kill('SIGKILL');
    const [before, at] = [bulk.length, performance.now()];
    await run.exit;
    run = begin();
    await untilTaken(before + 1, run, sides);
    resumed = Math.max(resumed, (performance.now() - at) / 1000);
  }
  await run.untilEqual();
  return { ...size, ...keptOf(past, sides.klaviyo), kills, least, bulk: bulk.length, resumed };
}
