import pMap from 'p-map';
import type { PaidOrder } from '../../commercetools/readers/orders.ts';
import type { OrderPredicate, Span } from '../../commercetools/scans/scans.ts';
import { EARLIEST } from '../../mappers/event-time.ts';
import type { History } from '../history.ts';
import type { DayCounts } from './counts.ts';
import { type Counted, DAY, dayOf, daysOf, ordersOf } from './days.ts';
import { type Fact, factsOf } from './facts.ts';
import type { Due, Source } from './source.ts';

/** As many as scans ask at once. */
const CONCURRENCY = 16;

/** commercetools counts fewer than these exactly. */
const EXACT = 10_000;
/** Milliseconds. */
const HOUR = 3_600_000;

/** The first moment that an order can name, in milliseconds since the epoch. */
const BEGINNING = Date.parse('0001-01-01T00:00:00Z');

/** Returns the orders of a predicate with their facts. */
export const ordersWhere = ({ scans, settings, options }: History, predicate: OrderPredicate): Source =>
  async function* () {
    for await (const page of scans.orders(predicate)) {
      const dues = page.map((paid) => ({ order: paid.order, facts: factsOf(paid, settings, options) }));
      const refunded = new Set(
        dues.flatMap(({ order, facts }) => facts.flatMap(({ of }) => (of === order.id ? [] : of))),
      );
      yield refunded.size > 0 ? withOwnRefunds(dues, await scans.ordersOfPayments([...refunded])) : dues;
    }
  };

/**
 * Returns orders without the refunds of payments that belong to another one: live traffic tells a refund of one order, whose id is the
 * first of those that have the payment.
 *
 * @param holders all orders that have one of these payments
 */
export function withOwnRefunds(dues: readonly Due[], holders: readonly PaidOrder[]): Due[] {
  const owners = new Map<string, string>();
  for (const { order, payments } of holders)
    for (const { id } of payments) if (order.id < (owners.get(id) ?? '~')) owners.set(id, order.id);
  return dues.map(({ order, facts }) => {
    const isOwn = ({ of }: Fact) => of === order.id || (owners.get(of) ?? order.id) === order.id;
    return { order, facts: facts.filter(isOwn) };
  });
}

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
  history: History,
  span: Span,
  predicate: OrderPredicate,
  counting: Promise<DayCounts>,
): Promise<Counted[]> {
  const count = async (day: Span) => ordersOf(await countedParts(history, predicate, day));
  const days = daysOf(span);
  const [orders, events] = await Promise.all([pMap(days, count, { concurrency: CONCURRENCY }), counting]);
  return days.map((day, index) => ({
    ...day,
    commercetools: orders[index] ?? 0,
    klaviyo: events.get(dayOf(day.from)) ?? 0,
  }));
}

/** Returns the orders that meet a predicate and say that they were placed at a time that Klaviyo does not take: they count as created. */
export const untaken = (history: History, predicate: OrderPredicate): Promise<Counted[]> =>
  countedParts(history, predicate, { from: BEGINNING, until: EARLIEST });

/** Returns the orders that meet a predicate, in parts that commercetools counts exactly, the newest first. */
export async function countedParts(
  history: History,
  predicate: OrderPredicate,
  span: Span = { from: BEGINNING, until: history.options.until },
): Promise<Counted[]> {
  const commercetools = await history.scans.countOrders({ ...predicate, placed: span });
  if (commercetools === 0) return [];
  if (commercetools < EXACT || span.until - span.from <= HOUR) return [{ ...span, commercetools, klaviyo: 0 }];
  const middle = Math.floor((span.from + span.until) / 2 / HOUR) * HOUR;
  const halves = [
    { from: middle, until: span.until },
    { from: span.from, until: middle },
  ];
  return (await Promise.all(halves.map((half) => countedParts(history, predicate, half)))).flat();
}
