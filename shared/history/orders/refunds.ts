import type { Payment } from '../../commercetools/resources/payment.ts';
import { compare } from './compare.ts';
import { DAY, dayOf } from './days.ts';
import { reportExtras, withLive } from './extras.ts';
import { factsOf, refundTimes, type Window } from './facts.ts';
import { withOwnRefunds } from './reading.ts';
import type { Run } from './run.ts';
import type { Due } from './source.ts';
import { isRefundTold } from './which.ts';

/** Compares refunds by the day: payments tell when they were made, and orders are read of days that are not equal. */
export async function compareRefunds({ history, span, counts, mending, found }: Run): Promise<void> {
  const { settings, options, account, progress, scans } = history;
  const metric = settings.metrics.refundedOrder;
  if (!isRefundTold(settings)) return;

  // No refund is younger than the last change of its payment.
  const changed = options.since === undefined ? undefined : { from: options.since, until: Number.POSITIVE_INFINITY };
  const payments = () => scans.refundedPayments(settings.orders.refundedStates, changed);
  const daysOf = (payment: Payment, window: Window = options) =>
    refundTimes(payment, settings, window).map(({ time }) => dayOf(time));
  const made = new Map<string, number>();
  for await (const page of payments())
    for (const day of page.flatMap((one) => daysOf(one))) made.set(day, (made.get(day) ?? 0) + 1);
  const shown = await counts.byDay(metric);
  const isEqual = (day: string) => !options.exact && made.get(day) === shown.get(day);
  const unequal = new Set([...made.keys(), ...shown.keys()].filter((day) => !isEqual(day)));
  const equal = [...made].reduce((sum, [day, count]) => (unequal.has(day) ? sum : sum + count), 0);

  async function* refunds(window: Window, isMeant: (day: string) => boolean): AsyncGenerator<Due[], void> {
    for await (const page of payments()) {
      const ids = new Set(page.filter((one) => daysOf(one, window).some(isMeant)).map(({ id }) => id));
      const isOf = ({ of, time }: { of: string; time: string }) => ids.has(of) && isMeant(dayOf(time));
      const orders = ids.size > 0 ? await scans.ordersOfPayments([...ids]) : [];
      const dues = orders.map((paid) => ({ order: paid.order, facts: factsOf(paid, settings, window).filter(isOf) }));
      yield withOwnRefunds(dues, orders);
    }
  }

  if (unequal.size === 0) return found(metric, equal);
  progress.say('orders', `compares ${metric}`);
  const metrics = new Set([metric]);
  const source = () => refunds(options, (day) => unequal.has(day));
  const comparison = await compare(source, metrics, account, counts);
  found(metric, equal + (comparison.facts.get(metric) ?? 0));
  if (!comparison.isEqual) await mending.mend({ ...comparison, source, metrics });
  const told = [...unequal].filter((day) => shown.has(day)).map((day) => Date.parse(day));
  const within = told.map((from) => ({ from: Math.max(from, span.from), until: Math.min(from + DAY, span.until) }));
  // Of what tells no time, the day may be another one by now.
  const all = () => refunds(withLive(history).options, () => true);
  await reportExtras(history, metric, within, all, counts);
}
