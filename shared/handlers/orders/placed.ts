import * as z from 'zod';
import { type Order, orderSchema } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import { existing } from '../../errors.ts';
import { aboutBuyer } from '../../mappers/customers/profile.ts';
import { toOrderedProduct } from '../../mappers/orders/line-item.ts';
import { toOrderEvent } from '../../mappers/orders/order.ts';
import { isMessage, messagePayload, messageType } from '../../platform-format/message.ts';
import type { Message, Notification } from '../../platform-format/schema.ts';
import { defineHandler } from '../handler.ts';
import { orderEvents } from './events.ts';

const accepts = (notification: Notification): notification is Message =>
  isMessage(notification, 'OrderCreated', 'OrderImported', 'OrderCustomerSet');

const placedSchema = z.looseObject({ order: orderSchema });

/**
 * Whether it is an order that counts as placed. One whose creation came without its payload may have been fulfilled before
 * it could be read; it was placed all the same, as checkouts create orders `Open`. A cancelled one is never placed.
 */
function isPlaced(order: Order, message: Message, { orders: { placedStates, fulfilledStates } }: Settings): boolean {
  if (placedStates.includes(order.orderState)) return true;
  if (!message.payloadNotIncluded || !isMessage(message, 'OrderCreated')) return false;
  const { version = 0 } = order;
  const { resourceVersion = version } = message;
  return fulfilledStates.includes(order.orderState) && version > resourceVersion && placedStates.includes('Open');
}

/** An order was placed, imported, or given to a customer: `Placed Order`, and `Ordered Product` for each line item. */
export const orderPlaced = defineHandler('order-placed', accepts, async (message, context) => {
  if (!context.settings.orders.placedOn.includes(messageType(message) ?? '')) return [];
  const payload = isMessage(message, 'OrderCustomerSet') ? undefined : messagePayload(message, placedSchema);
  const order = payload?.order ?? existing(await context.commercetools.orders.byId(message.resource.id));
  if (!isPlaced(order, message, context.settings)) return [];
  const facts = { metric: context.settings.metrics.placedOrder, time: order.createdAt };
  return orderEvents(order, context, (profile, orderContext) => [
    toOrderEvent(order, { ...profile, ...aboutBuyer(order) }, facts, orderContext),
    ...order.lineItems.map((lineItem) => toOrderedProduct(lineItem, order, profile, orderContext)),
  ]);
});
