import type { Order } from '../../commercetools/resources/order.ts';
import type { Payment, Transaction } from '../../commercetools/resources/payment.ts';
import type { Settings } from '../../config/settings.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { majorUnits } from '../money.ts';
import type { OrderContext } from './context.ts';
import { toOrderEvent } from './order.ts';
import { reasonOf } from './reason.ts';

/** A refund: its transaction, when it happened (ISO 8601), and whether it is the first of its order. */
export interface Refund {
  transaction: Transaction;
  time: string;
  isFirst: boolean;
}

/** Returns those of a payment's transactions that are refunds in one of the states of `orders.refundedStates`. */
export const refundsOf = (transactions: readonly Transaction[], { orders }: Settings): Transaction[] =>
  transactions.filter(({ type, state }) => type === 'Refund' && orders.refundedStates.includes(state));

/**
 * Returns `Refunded Order` of one refund: its own event with its own amount. The first refund of an order has the order's id, by
 * which Klaviyo takes the refund off the customer's lifetime value.
 */
export function toRefundedOrder(
  order: Order,
  { transaction, time, isFirst }: Refund,
  profile: ProfileReference,
  context: OrderContext,
): EventWrite {
  const { id, amount, custom } = transaction;
  const facts = {
    metric: context.settings.metrics.refundedOrder,
    uniqueId: isFirst ? order.id : id,
    time,
    value: majorUnits(amount),
    valueCurrency: amount.currencyCode,
    properties: reasonOf([custom, order.custom], context.settings),
  };
  return toOrderEvent(order, profile, facts, context);
}

/**
 * Returns the id of the refund that has the order's id: the first that was added to the first payment that was charged, else to the
 * first payment of all. A charge is older than every refund, so the answer is the same whenever and in whatever order messages
 * come: refunds of any payment may follow those of another. Timestamps and states of refunds would not do either: a refund that is
 * added later may have an earlier time, and one that is pending may succeed, or fail, after a later one was told of.
 *
 * @param payments all payments of the order, in its order; one that is gone may have been charged, and its refund told of
 */
export function firstRefund(payments: readonly (Payment | undefined)[]): string | undefined {
  const charged = payments.findIndex((payment) => !payment || payment.transactions.some(isCharge));
  return payments[Math.max(0, charged)]?.transactions.find(({ type }) => type === 'Refund')?.id;
}

const isCharge = ({ type, state }: Transaction): boolean => type === 'Charge' && state !== 'Failure';
