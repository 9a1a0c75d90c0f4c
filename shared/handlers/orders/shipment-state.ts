import * as z from 'zod';
import { shipmentStatesUpTo, toDeliveredShipment, toShippedOrder } from '../../mappers/orders/shipment.ts';
import { occurredAt } from '../../platform-format/message.ts';
import { defineHandler } from '../handler.ts';
import { orderEvents } from './events.ts';
import { orderOf } from './parts.ts';

/** An order was shipped or delivered as a whole: `Fulfilled Order` where the settings say so, and `Delivered Shipment`. */
export const shipmentState = defineHandler({
  name: 'shipment-state',
  resource: 'order',
  messages: { OrderShipmentStateChanged: z.looseObject({ shipmentState: z.string() }) },
  becomes:
    '`Delivered Shipment` when the order is `Delivered`; `Fulfilled Order` when it is in one of `orders.shippedStates`',
  async plan({ notification, payload }, context) {
    const { shippedStates, deliveredStates } = context.settings.orders;
    const isIn = (states: readonly string[], reached: readonly string[]) => reached.some((one) => states.includes(one));
    if (payload && !isIn([...shippedStates, ...deliveredStates], [payload.shipmentState])) return [];
    const order = await orderOf(notification, context);
    const reached = payload ? [payload.shipmentState] : shipmentStatesUpTo(order.shipmentState);
    const makers = [
      ...(isIn(shippedStates, reached) ? [toShippedOrder] : []),
      ...(isIn(deliveredStates, reached) ? [toDeliveredShipment] : []),
    ];
    if (makers.length === 0) return [];
    const time = occurredAt(notification);
    return orderEvents(order, notification, context, (sources) =>
      makers.map((toEvent) => toEvent(order, time, sources.profile, sources.context)),
    );
  },
});
