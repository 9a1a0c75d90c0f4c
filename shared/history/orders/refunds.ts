import type { Payment } from '../../commercetools/resources/payment.ts';
import { compare, type Due } from './compare.ts';
import { DAY, dayOf } from './days.ts';
import { reportExtras } from './extras.ts';
import { factsOf, refundTimes } from './facts.ts';
import type { Run } from './run.ts';
import { isRefundTold } from './which.ts';

/** Compares refunds by the day: payments tell when they were made, and orders are read of days that are not equal. */
export async function compareRefunds({ history, span, counts, mending, found }: Run): Promise<void> {
  const { settings, options, account, progress, scans } = history;
  const metric = settings.metrics.refundedOrder;
  if (!isRefundTold(settings)) return;

  // No refund is younger than the last change of its payment.
  const changed = options.since === undefined ? undefined : { from: options.since, until: Number.POSITIVE_INFINITY };
  const payments = () => scans.refundedPayments(settings.orders.refundedStates, changed);
  const daysOf = (payment: Payment) => refundTimes(payment, settings, options).map(({ time }) => dayOf(time));
  const made = new Map<string, number>();
  for await (const page of payments()) for (const day of page.flatMap(daysOf)) made.set(day, (made.get(day) ?? 0) + 1);
  const shown = await counts.byDay(metric);
  const isEqual = (day: string) => !options.exact && made.get(day) === shown.get(day);
  const unequal = new Set([...made.keys(), ...shown.keys()].filter((day) => !isEqual(day)));
  const equal = [...made].reduce((sum, [day, count]) => (unequal.has(day) ? sum : sum + count), 0);

  async function* refunds(): AsyncGenerator<Due[], void> {
    for await (const page of payments()) {
      const ids = new Set(page.filter((one) => daysOf(one).some((day) => unequal.has(day))).map(({ id }) => id));
      const isOf = ({ of, time }: { of: string; time: string }) => ids.has(of) && unequal.has(dayOf(time));
      const orders = ids.size > 0 ? await scans.ordersOfPayments([...ids]) : [];
      yield orders.map((paid) => ({ order: paid.order, facts: factsOf(paid, settings, options).filter(isOf) }));
    }
  }

  if (unequal.size === 0) return found(metric, equal);
  progress.say('orders', `compares ${metric}`);
  const metrics = new Set([metric]);
  const comparison = await compare(refunds, metrics, account, counts);
  found(metric, equal + (comparison.facts.get(metric) ?? 0));
  if (!comparison.isEqual) await mending.mend({ ...comparison, source: refunds, metrics });
  const extra = [...unequal]
    .filter((day) => (shown.get(day) ?? 0) > (made.get(day) ?? 0))
    .map((day) => Date.parse(day));
  const within = extra.map((from) => ({ from: Math.max(from, span.from), until: Math.min(from + DAY, span.until) }));
  await reportExtras(history, metric, within, refunds, counts);
}
