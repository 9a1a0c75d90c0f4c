import { compare, only } from './compare.ts';
import { createCounts } from './counts.ts';
import { joined, total } from './days.ts';
import { countedParts, ordersWhere } from './reading.ts';
import type { Run } from './run.ts';
import { cancelledOrders, fulfilledOrders, type Which } from './which.ts';

/** Orders that are compared as one span: some of each is in memory, and Klaviyo's events of the following weeks are listed. */
const SPAN = 100_000;

/**
 * Compares the orders that were fulfilled, and those that were cancelled. Live traffic tells other times of that than history, so that
 * days cannot be compared: where Klaviyo has fewer in all, the orders are read, and unique ids decide.
 */
export async function compareStates(run: Run): Promise<void> {
  const { settings } = run.history;
  const { fulfilledOrder, cancelledOrder } = settings.metrics;
  const [fulfilled, cancelled] = [fulfilledOrders(settings), cancelledOrders(settings)];
  if (fulfilled) await compareState(run, fulfilledOrder, fulfilled);
  if (cancelled) await compareState(run, cancelledOrder, cancelled);
}

async function compareState(
  { history, span, counts, mending, found }: Run,
  metric: string,
  which: Which,
): Promise<void> {
  const { account, options, progress } = history;
  const { since = 0, until, exact } = options;
  // What was changed later is left to live traffic, and not counted.
  const predicate = { ...which, changed: { from: since, until } };
  const parts = await countedParts(history, predicate);
  const all = parts.reduce((sum, { commercetools }) => sum + commercetools, 0);
  found(metric, all);
  if (!exact && total(await counts.byDay(metric)) >= all) return;
  const untilNow = createCounts(account, { from: span.from, until: Date.now() });
  if (!exact && total(await untilNow.byDay(metric)) >= all) return;

  progress.say('orders', `compares ${metric}`);
  const metrics = new Set([metric]);
  for (const part of joined(parts, SPAN, () => true)) {
    const orders = ordersWhere(history, { ...predicate, placed: { from: part.from, until: part.until } });
    const source = only(orders, (fact) => fact.metric === metric);
    const comparison = await compare(source, metrics, account, untilNow);
    if (!comparison.isEqual) await mending.mend({ ...comparison, source, metrics });
  }
}
