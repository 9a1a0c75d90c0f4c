import type { History } from '../history.ts';
import { liveRepair } from '../live-repair.ts';
import { updateOf } from '../notifications.ts';

/** Milliseconds by which the clocks of a run and of commercetools may differ. */
const SKEW = 300_000;

/**
 * Writes the customers again who have changed since a time, in milliseconds since the epoch: what an order told of somebody whom Klaviyo
 * did not know may have overwritten what live traffic has written since.
 */
export async function renewChanged(history: History, since: number): Promise<void> {
  const { renew } = liveRepair(history, updateOf('customer', history));
  const changed = { from: since - SKEW, until: Number.POSITIVE_INFINITY };
  for await (const page of history.scans.customers({ changed })) await renew(page.map(({ id }) => id));
}
