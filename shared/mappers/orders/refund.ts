import type { Order } from '../../commercetools/resources/order.ts';
import type { Payment, Transaction } from '../../commercetools/resources/payment.ts';
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
 * Returns the id of the first refund of an order, in the order in which payments and transactions were added: what never changes,
 * so that the answer is the same whenever and in whatever order messages come. Timestamps and states would not do: a refund that
 * is added later may have an earlier time, and one that is pending may succeed, or fail, after a later one was told of.
 *
 * @param payments all payments of the order, in its order
 */
export const firstRefund = (payments: readonly Payment[]): string | undefined =>
  payments.flatMap(({ transactions }) => transactions).find(({ type }) => type === 'Refund')?.id;
