import type { Order } from '../../commercetools/resources/order.ts';
import type { Transaction } from '../../commercetools/resources/payment.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { majorUnits } from '../money.ts';
import type { OrderContext } from './context.ts';
import { toOrderEvent } from './order.ts';

/**
 * Returns `Refunded Order` of one refund transaction: its own event with its own amount.
 *
 * @param time when it happened, ISO 8601
 */
export const toRefundedOrder = (
  order: Order,
  { id, amount }: Transaction,
  profile: ProfileReference,
  time: string,
  context: OrderContext,
): EventWrite =>
  toOrderEvent(
    order,
    profile,
    {
      metric: context.settings.metrics.refundedOrder,
      uniqueId: id,
      time,
      value: majorUnits(amount),
      valueCurrency: amount.currencyCode,
    },
    context,
  );
