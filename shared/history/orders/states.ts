import type { Span } from '../../commercetools/scans/scans.ts';
import { compare } from './compare.ts';
import { joined, ordersOf, total, without } from './days.ts';
import { forEach } from './each.ts';
import { countedParts, ordersWhere } from './reading.ts';
import type { Run } from './run.ts';
import { only } from './source.ts';
import { cancelledOrders, fulfilledOrders, type Which } from './which.ts';

/** Orders that are compared as one span: some of each is in memory, and Klaviyo's events of the following weeks are listed. */
const SPAN = 100_000;
const AT_ONCE = 3;

/**
 * Compares the orders that were fulfilled, and those that were cancelled. Live traffic tells other times of that than history, so that
 * days cannot be compared: where Klaviyo has fewer in all, the orders are read, and unique ids decide.
 *
 * @param sent when the orders were placed of which everything was sent
 */
export async function compareStates(run: Run, sent: readonly Span[]): Promise<void> {
  const { settings } = run.history;
  const { fulfilledOrder, cancelledOrder } = settings.metrics;
  const [fulfilled, cancelled] = [fulfilledOrders(settings), cancelledOrders(settings)];
  if (fulfilled) await compareState(run, sent, fulfilledOrder, fulfilled);
  if (cancelled) await compareState(run, sent, cancelledOrder, cancelled);
}

async function compareState(run: Run, sent: readonly Span[], metric: string, which: Which): Promise<void> {
  const { history, counts, mending, found } = run;
  const { account, options, progress } = history;
  const { since = 0, until, exact } = options;
  // What was changed later is left to live traffic, and not counted.
  const predicate = { ...which, changed: { from: since, until } };
  const parts = await countedParts(history, predicate);
  const all = ordersOf(parts);
  found(metric, all);
  if (!exact && total(await counts.byDay(metric)) >= all) return;

  progress.say('orders', `compares ${metric}`);
  const metrics = new Set([metric]);
  const spans = joined(parts, { most: SPAN }, () => true).flatMap(({ from, until: end }) =>
    without({ from, until: end }, sent),
  );
  await forEach(spans, AT_ONCE, async (placed) => {
    const source = only(ordersWhere(history, { ...predicate, placed }), (fact) => fact.metric === metric);
    const comparison = await compare(source, metrics, account, counts);
    if (!comparison.isEqual) await mending.mend({ ...comparison, source, metrics });
  });
}
