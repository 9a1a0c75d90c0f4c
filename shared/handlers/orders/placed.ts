import * as z from 'zod';
import { type Order, orderSchema } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import { placedAt } from '../../mappers/orders/context.ts';
import { toOrderedProduct } from '../../mappers/orders/line-item.ts';
import { toOrderEvent } from '../../mappers/orders/order.ts';
import type { Message } from '../../platform-format/schema.ts';
import { defineHandler, existing, unread } from '../handler.ts';
import { consentAtCheckout } from './consent.ts';
import { orderEvents } from './events.ts';

const CREATIONS = ['OrderCreated', 'OrderCreatedFromRecurringOrder'];

const withOrder = z.looseObject({ order: orderSchema });

/** An order was placed, imported, or given to somebody: `Placed Order`, and `Ordered Product` for each line item. */
export const orderPlaced = defineHandler({
  name: 'order-placed',
  resource: 'order',
  messages: {
    OrderCreated: withOrder,
    OrderCreatedFromRecurringOrder: withOrder,
    OrderImported: withOrder,
    OrderCustomerSet: unread,
    OrderCustomerEmailSet: z.looseObject({ oldEmail: z.string().nullish() }),
  },
  becomes: '`Placed Order`, and `Ordered Product` for each line item; subscribes when a new order says so (`consent`)',
  async plan({ type, notification, payload }, context) {
    const { settings, commercetools } = context;
    if (!settings.orders.placedOn.includes(type)) return [];
    // The order was told of under its former e-mail.
    if (type === 'OrderCustomerEmailSet' && payload?.oldEmail) return [];
    const included = type === 'OrderCustomerSet' || type === 'OrderCustomerEmailSet' ? undefined : payload?.order;
    const order = included ?? existing(await commercetools.orders.byId(notification.resource.id));
    // Taken from its customer, the order was told of as that customer's, or before as a guest's.
    if (type === 'OrderCustomerSet' && !order.customerId) return [];
    // The order was told of as its customer's.
    if (type === 'OrderCustomerEmailSet' && order.customerId) return [];
    if (!isPlaced(order, type, notification, settings)) return [];
    const facts = { metric: settings.metrics.placedOrder, time: placedAt(order) };
    const events = await orderEvents(
      order,
      notification,
      context,
      ({ profile, about, context }) => [
        toOrderEvent(order, { ...profile, ...about }, facts, context),
        ...order.lineItems.map((lineItem) => toOrderedProduct(lineItem, order, profile, context)),
      ],
      'buyer',
    );
    return type === 'OrderCreated' ? [...events, ...(await consentAtCheckout(order, notification, context))] : events;
  },
});

/**
 * Returns whether an order counts as placed. The order of a history, and the order that nobody could be told of before, may be
 * fulfilled by now. A cancelled order is never placed.
 */
function isPlaced({ orderState, version = 0 }: Order, type: string, message: Message, { orders }: Settings): boolean {
  if (orders.placedStates.includes(orderState)) return true;
  if (!orders.fulfilledStates.includes(orderState)) return false;
  if (type === 'OrderImported' || type === 'OrderCustomerEmailSet') return true;
  if (!CREATIONS.includes(type)) return false;
  // The payload was left out, and the order was fulfilled before we could read it. Checkouts create orders `Open`.
  const { payloadNotIncluded, resourceVersion = version } = message;
  return payloadNotIncluded !== undefined && orders.placedStates.includes('Open') && version > resourceVersion;
}
