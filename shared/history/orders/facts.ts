import type { PaidOrder } from '../../commercetools/readers/orders.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import type { Payment } from '../../commercetools/resources/payment.ts';
import type { Settings } from '../../config/settings.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { eventTime } from '../../mappers/event-time.ts';
import { type OrderContext, orderedAt, placedAt } from '../../mappers/orders/context.ts';
import { deliveriesOf } from '../../mappers/orders/deliveries.ts';
import { toOrderedProduct } from '../../mappers/orders/line-item.ts';
import { toOrderEvent } from '../../mappers/orders/order.ts';
import { firstRefund, refundsOf, toRefundedOrder } from '../../mappers/orders/refund.ts';
import { toShippedOrder } from '../../mappers/orders/shipment.ts';
import { toStateEvent } from '../../mappers/orders/state.ts';
import { isOfServed } from '../../mappers/stores.ts';
import type { Options } from '../history.ts';
import { cancelledOrders, fulfilledOrders, isAmong, isRefundTold, isShipped, placedOrders } from './which.ts';

/** An order keeps no time of its states. One that is changed much later than this was not changed by coming to its state. */
const LONGEST_WAY = 30 * 86_400_000;
const HOUR = 3_600_000;

/** What is remembered of a fact whose event is made. */
export interface Told {
  metric: string;
  uniqueId: string;
  /** When it happened, ISO 8601. */
  time: string;
  /** Whether the time is a guess, so that live traffic may have told another one. */
  isEstimated: boolean;
  /** commercetools' id of what it is a fact of: the order, or the payment. */
  of: string;
}

/** One event that an order stands for. */
export interface Fact extends Told {
  /** Makes the event as the handlers make it. */
  toEvent(profile: ProfileReference, context: OrderContext): EventWrite;
}

/** Returns what Klaviyo tells the events of one profile apart by. */
export const keyOf = ({ metric, uniqueId }: Pick<Fact, 'metric' | 'uniqueId'>): string =>
  JSON.stringify([metric, uniqueId]);

/** The time that a run is about. */
export type Window = Pick<Options, 'since' | 'until'>;

/**
 * Returns the facts of an order that happened within the window of a run.
 *
 * What live traffic may still be telling is left out, as an event without flows that came first would silence it: of what has changed
 * since the window ended, whatever has no certain time, and what is so young that live traffic would let it fire flows.
 */
export function factsOf({ order, payments }: PaidOrder, settings: Settings, window: Window): Fact[] {
  if (!isOfServed(order, settings)) return [];
  return [
    ...placedFacts(order, settings, window),
    ...stateFacts(order, settings, window),
    ...refundFacts(order, payments, settings, window),
  ];
}

/** An order and its products are told of together: both are within the window, or none. */
function placedFacts(order: Order, settings: Settings, window: Window): Fact[] {
  const time = placedAt(order);
  if (!isAmong(order, placedOrders(settings)) || isLive(lastModified(order), time, settings, window)) return [];
  if (!isWithin(time, window) || !isWithin(orderedAt(order), window)) return [];
  const { placedOrder: metric, orderedProduct } = settings.metrics;
  const exact = { isEstimated: false, of: order.id };
  const placed: Fact = {
    ...{ ...exact, metric, uniqueId: order.id, time },
    toEvent: (profile, context) => toOrderEvent(order, profile, { metric, time }, context),
  };
  const ordered = order.lineItems.map(
    (lineItem): Fact => ({
      ...{ ...exact, metric: orderedProduct, uniqueId: lineItem.id, time: orderedAt(order) },
      toEvent: (profile, context) => toOrderedProduct(lineItem, order, profile, context),
    }),
  );
  return [placed, ...ordered];
}

function stateFacts(order: Order, settings: Settings, window: Window): Fact[] {
  if (Date.parse(lastModified(order)) >= window.until) return [];
  const { fulfilledOrder, cancelledOrder } = settings.metrics;
  const factAt = (metric: string, time: string, toEvent: Fact['toEvent']): Fact[] =>
    isWithin(time, window) ? [{ metric, uniqueId: order.id, time, isEstimated: true, of: order.id, toEvent }] : [];
  const stateAt = (metric: string, time: string) =>
    factAt(metric, time, (profile, context) => toStateEvent(order, { metric, time }, profile, context));

  function fulfilled(): Fact[] {
    if (!isAmong(order, fulfilledOrders(settings))) return [];
    const time = deliveriesOf(order).at(-1)?.createdAt ?? guessed(order);
    if (!isShipped(order, settings)) return stateAt(fulfilledOrder, time);
    return factAt(fulfilledOrder, time, (profile, context) => toShippedOrder(order, time, profile, context));
  }

  const cancelled = isAmong(order, cancelledOrders(settings)) ? stateAt(cancelledOrder, guessed(order)) : [];
  return [...fulfilled(), ...cancelled];
}

function refundFacts(order: Order, payments: PaidOrder['payments'], settings: Settings, window: Window): Fact[] {
  const isByOrder = settings.orders.refundUniqueId === 'order-first';
  const first = isByOrder ? firstRefund(payments.map(({ payment }) => payment)) : undefined;
  return payments.flatMap(({ payment }) =>
    payment
      ? refundTimes(payment, settings, window).map((refund) => refundFact(order, payment, refund, first, settings))
      : [],
  );
}

/** A refund of a payment, and when it happened, ISO 8601. */
type DatedRefund = ReturnType<typeof refundTimes>[number];

/** Returns the refunds of a payment that happened within the window of a run, but those that live traffic may still be telling. */
export function refundTimes({ transactions, lastModifiedAt }: Payment, settings: Settings, window: Window) {
  if (!isRefundTold(settings) || !lastModifiedAt) return [];
  return refundsOf(transactions, settings)
    .map((transaction) => {
      const time = eventTime(transaction.timestamp, window.until);
      return { transaction, time: time ?? lastModifiedAt, isEstimated: time === undefined };
    })
    .filter(({ time }) => isWithin(time, window) && !isLive(lastModifiedAt, time, settings, window));
}

function refundFact(
  order: Order,
  payment: Payment,
  { transaction, time, isEstimated }: DatedRefund,
  first: string | undefined,
  { metrics }: Settings,
): Fact {
  const isFirst = transaction.id === first;
  return {
    metric: metrics.refundedOrder,
    uniqueId: isFirst ? order.id : transaction.id,
    ...{ time, isEstimated, of: payment.id },
    toEvent: (profile, context) => toRefundedOrder(order, { transaction, time, isFirst }, profile, context),
  };
}

/** When an order came to its state, where nothing tells: when it was changed last, but not too long after it was placed. */
const guessed = (order: Order): string =>
  new Date(Math.min(Date.parse(lastModified(order)), Date.parse(placedAt(order)) + LONGEST_WAY)).toISOString();

const lastModified = ({ lastModifiedAt, createdAt }: Order): string => lastModifiedAt ?? createdAt;

/**
 * Returns whether live traffic may still be telling what happened at a certain time, and would let it fire flows. What has been changed
 * since by something else is taken for that as well.
 */
const isLive = (changedAt: string, time: string, { orders }: Settings, { until }: Window): boolean =>
  Date.parse(changedAt) >= until && Date.parse(time) >= until - orders.backfillAfterHours * HOUR;

const isWithin = (time: string, { since = Number.NEGATIVE_INFINITY, until }: Window): boolean =>
  Date.parse(time) >= since && Date.parse(time) < until;
