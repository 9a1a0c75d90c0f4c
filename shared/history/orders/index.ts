import type { History } from '../history.ts';
import { type Counts, createCounts } from './counts.ts';
import { total } from './days.ts';
import { createLedger } from './ledger.ts';
import { createLook } from './look-again.ts';
import { createMending } from './mend.ts';
import { comparePlaced } from './placed.ts';
import { firstDay } from './reading.ts';
import { compareRefunds } from './refunds.ts';
import { compareStates } from './states.ts';

/**
 * Compares what the orders of a shop stand for with the events that Klaviyo has, and sends what is missing if the run repairs: orders
 * that were placed first, as all other facts of an order that Klaviyo does not know go along with it.
 *
 * @throws what the patience of the run throws
 */
export async function runOrders(history: History): Promise<void> {
  const { options, settings, account, report } = history;
  const { placedOrder, orderedProduct, fulfilledOrder, cancelledOrder, refundedOrder } = settings.metrics;
  const metrics = [placedOrder, orderedProduct, fulfilledOrder, cancelledOrder, refundedOrder];
  const span = { from: options.since ?? (await firstDay(history)), until: options.until };
  const count = (): Counts => createCounts(account, span);
  const before = count();
  if (options.repair) await Promise.all(metrics.map((metric) => before.byDay(metric)));

  const ledger = createLedger();
  const mending = createMending(history, ledger);
  const look = createLook(history, { ledger, mending, before, count });
  await comparePlaced({ history, span, counts: before, mending });
  await look.settle();
  const counts = count();
  await compareStates({ history, span, counts, mending });
  await compareRefunds({ history, span, counts, mending });
  await look.settle();
  await look.report();

  const shown = count();
  for (const metric of metrics) report.count(metric, { klaviyo: total(await shown.byDay(metric)) });
}
