import { randomUUID } from 'node:crypto';
import { addMetric } from '../../../test/doubles/klaviyo/metrics.ts';
import type { State } from '../../../test/doubles/klaviyo/state.ts';
import type { Size } from './backfill.ts';
import { eventsOf, type Past } from './past.ts';
import { startHistory } from './program.ts';
import { startHistorySides } from './sides.ts';

/** How long it took to find out that both sides agree. */
export interface Reconciled extends Size {
  seconds: number;
  /** Calls to either side. */
  commercetools: number;
  klaviyo: number;
}

/**
 * Lets reconcile compare the orders of a past with a Klaviyo that has all of them. Throws unless it says so.
 *
 * @param latency milliseconds of a call
 */
export async function measureReconcile(
  size: Size,
  latency: number,
  nodeOptions?: readonly string[],
): Promise<Reconciled> {
  const past = { ...size, begin: Date.now() };
  await using running = new AsyncDisposableStack();
  const sides = running.adopt(await startHistorySides(past, latency), (one) => one.stop());
  tell(past, sides.klaviyo.state);
  const run = running.adopt(startHistory(['reconcile', '--only', 'orders'], sides, nodeOptions), (one) => one.stop());
  await run.untilEqual();
  const seconds = (performance.now() - run.startedAt) / 1000;
  return { ...size, seconds, commercetools: sides.traffic.calls.commercetools, klaviyo: sides.klaviyo.served };
}

/** Gives Klaviyo the events of a past, as far as they are counted. */
function tell(past: Past, state: State): void {
  for (let number = 0; number < past.orders; number++) {
    for (const { metric, uniqueId, time } of eventsOf(past, number)) {
      addMetric(state, metric);
      state.events.push({
        ...{ id: randomUUID(), created: state.stamp(), profile_id: '', metric, unique_id: uniqueId },
        time: new Date(Math.floor(time / 1000) * 1000).toISOString(),
        ...{ value: null, value_currency: null, backfill: true, properties: {} },
      });
    }
  }
}
