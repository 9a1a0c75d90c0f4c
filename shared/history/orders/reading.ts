import pMap from 'p-map';
import type { OrderPredicate, Span } from '../../commercetools/scans/scans.ts';
import { EARLIEST } from '../../mappers/event-time.ts';
import type { History } from '../history.ts';
import type { Source } from './compare.ts';
import type { DayCounts } from './counts.ts';
import { type Counted, DAY, dayOf, daysOf } from './days.ts';
import { type Fact, factsOf } from './facts.ts';

/** As many as scans ask at once. */
const CONCURRENCY = 16;

/** The times that Klaviyo does not take: an order that is said to be completed then was placed when it was created. */
const UNTAKEN: Span = { from: Date.parse('0001-01-01T00:00:00Z'), until: EARLIEST };

/** Returns the orders of a predicate, with those of their facts that a filter leaves. */
export const ordersWhere = (
  { scans, settings, options }: History,
  predicate: OrderPredicate,
  isOf: (fact: Fact) => boolean = () => true,
): Source =>
  async function* () {
    for await (const page of scans.orders(predicate))
      yield page.map((paid) => ({ order: paid.order, facts: factsOf(paid, settings, options).filter(isOf) }));
  };

/** Returns the day on which the first order was placed, in milliseconds since the epoch; the cut-off where there is none before. */
export async function firstDay({ scans, options: { until } }: Pick<History, 'scans' | 'options'>): Promise<number> {
  let [low, high] = [Math.floor(EARLIEST / DAY), Math.ceil(until / DAY)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const isEarly = (await scans.countOrders({ placed: { from: EARLIEST, until: (middle + 1) * DAY } })) > 0;
    if (isEarly) high = middle;
    else low = middle + 1;
  }
  return Math.min(low * DAY, until);
}

/**
 * Returns the days of a span, the newest first, with the orders that meet a predicate and were placed then, and the events that Klaviyo
 * counts.
 */
export async function countedDays(
  { scans }: History,
  span: Span,
  predicate: OrderPredicate,
  shown: DayCounts = new Map(),
): Promise<Counted[]> {
  const count = async (day: Span): Promise<Counted> => ({
    ...day,
    commercetools: await scans.countOrders({ ...predicate, placed: day }),
    klaviyo: shown.get(dayOf(day.from)) ?? 0,
  });
  return pMap(daysOf(span), count, { concurrency: CONCURRENCY });
}

/** Returns the orders that meet a predicate and say that they were placed at a time that Klaviyo does not take; none where there are none. */
export async function countedUntaken({ scans }: History, predicate: OrderPredicate): Promise<Counted[]> {
  const commercetools = await scans.countOrders({ ...predicate, placed: UNTAKEN });
  return commercetools > 0 ? [{ ...UNTAKEN, commercetools, klaviyo: 0 }] : [];
}
