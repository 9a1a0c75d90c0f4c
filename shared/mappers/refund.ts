import type { Order } from '../commercetools/resources/order.ts';
import type { Transaction } from '../commercetools/resources/payment.ts';
import type { Event, ProfileReference } from '../klaviyo/writes.ts';
import type { OrderContext } from './line-item.ts';
import { majorUnits } from './money.ts';
import { toOrderEvent } from './order.ts';

/**
 * `Refunded Order` of one refund transaction: its own event with its own amount.
 *
 * @param happenedAt ISO 8601, for a transaction without a timestamp
 */
export const toRefundedOrder = (
  order: Order,
  { id, amount, timestamp }: Transaction,
  profile: ProfileReference,
  happenedAt: string,
  context: OrderContext,
): Event =>
  toOrderEvent(
    order,
    profile,
    {
      metric: context.settings.metrics.refundedOrder,
      uniqueId: id,
      time: timestamp ?? happenedAt,
      value: majorUnits(amount),
      valueCurrency: amount.currencyCode,
    },
    context,
  );
