import * as z from 'zod';
import { type Order, orderSchema } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import { aboutBuyer } from '../../mappers/orders/buyer.ts';
import { toOrderedProduct } from '../../mappers/orders/line-item.ts';
import { toOrderEvent } from '../../mappers/orders/order.ts';
import type { Message } from '../../platform-format/schema.ts';
import { defineHandler, existing, unread } from '../handler.ts';
import { orderEvents } from './events.ts';

const placedSchema = z.looseObject({ order: orderSchema });

/** An order was placed, imported, or given to a customer: `Placed Order`, and `Ordered Product` for each line item. */
export const orderPlaced = defineHandler({
  name: 'order-placed',
  resource: 'order',
  messages: { OrderCreated: placedSchema, OrderImported: placedSchema, OrderCustomerSet: unread },
  becomes: '`Placed Order`, and `Ordered Product` for each line item',
  async plan({ type, notification, payload }, context) {
    const { settings, commercetools } = context;
    if (!settings.orders.placedOn.includes(type)) return [];
    const included = type === 'OrderCustomerSet' ? undefined : payload?.order;
    const order = included ?? existing(await commercetools.orders.byId(notification.resource.id));
    const isPlaced = settings.orders.placedStates.includes(order.orderState);
    if (!isPlaced && !(type === 'OrderCreated' && wasPlaced(order, notification, settings))) return [];
    const facts = { metric: settings.metrics.placedOrder, time: order.createdAt };
    return orderEvents(order, context, (sources) => [
      toOrderEvent(order, { ...sources.profile, ...aboutBuyer(order) }, facts, sources.context),
      ...order.lineItems.map((lineItem) => toOrderedProduct(lineItem, order, sources.profile, sources.context)),
    ]);
  },
});

/**
 * Returns whether an order must have been placed earlier: its creation came without the payload, and the order was fulfilled
 * before we could read it. Checkouts create orders `Open`. A cancelled order is never placed.
 */
function wasPlaced({ orderState, version = 0 }: Order, message: Message, { orders }: Settings): boolean {
  if (!message.payloadNotIncluded || !orders.placedStates.includes('Open')) return false;
  const { resourceVersion = version } = message;
  return orders.fulfilledStates.includes(orderState) && version > resourceVersion;
}
