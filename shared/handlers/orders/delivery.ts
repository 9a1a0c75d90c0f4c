import * as z from 'zod';
import { text } from '../../commercetools/resources/common.ts';
import type { Delivery } from '../../commercetools/resources/delivery.ts';
import { deliveriesOf, isWhole, itemsOf } from '../../mappers/orders/deliveries.ts';
import { toFulfilledPartialOrder } from '../../mappers/orders/shipment.ts';
import { defineHandler } from '../handler.ts';
import { orderEvents } from './events.ts';
import { aboutIn, linesOf, orderOf } from './parts.ts';

/** Part of an order is delivered, and something is left: one event a delivery, none for the one that completes the order. */
export const delivery = defineHandler({
  name: 'delivery',
  resource: 'order',
  messages: { DeliveryAdded: z.looseObject({ delivery: z.looseObject({ id: text }) }) },
  becomes:
    '`Fulfilled Partial Order` of a delivery that leaves something to be delivered, with what the delivery holds',
  async plan({ notification, payload }, context) {
    const order = await orderOf(notification, context);
    const isNamed = payload && ((one: Delivery) => one.id === payload.delivery.id);
    const deliveries = aboutIn(deliveriesOf(order), isNamed, 'delivery', order, notification);
    const partial = deliveries
      .filter((one) => !isWhole(order, one))
      .map((one) => ({ one, lines: linesOf(order, itemsOf(one), notification, context) }))
      .filter(({ lines }) => lines.length > 0);
    if (partial.length === 0) return [];
    return orderEvents(order, notification, context, (sources) =>
      partial.map(({ one, lines }) => toFulfilledPartialOrder(order, one, lines, sources.profile, sources.context)),
    );
  },
});
