import { compare } from './compare.ts';
import { createCounts } from './counts.ts';
import { joined, total } from './days.ts';
import { countedDays, countedUntaken, ordersWhere } from './reading.ts';
import type { Run } from './run.ts';
import { cancelledOrders, fulfilledOrders, type Which } from './which.ts';

/** Orders that are compared as one span: some facts of each are in memory, and Klaviyo's events of the following weeks are listed. */
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

async function compareState({ history, span, mending }: Run, metric: string, which: Which): Promise<void> {
  const { account, options, report, progress, scans } = history;
  const { since, until, exact } = options;
  // What was changed later is left to live traffic, and not counted.
  const predicate = { ...which, changed: { from: since ?? 0, until } };
  const parts =
    since === undefined
      ? [...(await countedDays(history, span, predicate)), ...(await countedUntaken(history, predicate))]
      : [{ ...span, commercetools: await scans.countOrders(predicate), klaviyo: 0 }];
  const all = parts.reduce((sum, { commercetools }) => sum + commercetools, 0);
  const counts = createCounts(account, { from: span.from, until: Date.now() });
  report.count(metric, { commercetools: all });
  if (!exact && total(await counts.byDay(metric)) >= all) return;

  progress.say('orders', `compares ${metric}`);
  const metrics = new Set([metric]);
  for (const part of joined(parts, SPAN, () => true)) {
    const placed = since === undefined ? { placed: { from: part.from, until: part.until } } : {};
    const source = ordersWhere(history, { ...predicate, ...placed }, (fact) => fact.metric === metric);
    const comparison = await compare(source, metrics, account, counts);
    if (!comparison.isEqual) await mending.mend({ ...comparison, source, metrics });
  }
}
