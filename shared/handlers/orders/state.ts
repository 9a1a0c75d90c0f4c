import * as z from 'zod';
import type { Settings } from '../../config/settings.ts';
import { toOrderEvent } from '../../mappers/orders/order.ts';
import { reasonOf } from '../../mappers/orders/reason.ts';
import { occurredAt } from '../../platform-format/message.ts';
import { defineHandler, existing } from '../handler.ts';
import { orderEvents } from './events.ts';

/** An order was fulfilled or cancelled: one event. */
export const orderState = defineHandler({
  name: 'order-state',
  resource: 'order',
  messages: { OrderStateChanged: z.looseObject({ orderState: z.string() }) },
  becomes: '`Fulfilled Order` when the order is `Complete`, `Cancelled Order` when it is `Cancelled`',
  async plan({ notification, payload }, context) {
    const { settings, commercetools } = context;
    if (payload && !metricOf(payload.orderState, settings)) return [];
    const order = existing(await commercetools.orders.byId(notification.resource.id));
    const metric = metricOf(payload?.orderState ?? order.orderState, settings);
    if (!metric) return [];
    const properties = metric === settings.metrics.cancelledOrder ? reasonOf([order.custom], settings) : {};
    const facts = { metric, time: occurredAt(notification), properties };
    return orderEvents(order, notification, context, (sources) => [
      toOrderEvent(order, sources.profile, facts, sources.context),
    ]);
  },
});

/** The metric that a state of an order stands for; undefined for none. */
function metricOf(state: string, { orders, metrics }: Settings): string | undefined {
  if (orders.fulfilledStates.includes(state)) return metrics.fulfilledOrder;
  return orders.cancelledStates.includes(state) ? metrics.cancelledOrder : undefined;
}
