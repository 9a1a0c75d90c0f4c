import * as z from 'zod';
import type { Settings } from '../../config/settings.ts';
import { existing } from '../../errors.ts';
import { toOrderEvent } from '../../mappers/orders/order.ts';
import { isMessage, messagePayload, timeOf } from '../../platform-format/message.ts';
import type { Message, Notification } from '../../platform-format/schema.ts';
import { defineHandler } from '../handler.ts';
import { orderEvents } from './events.ts';

const accepts = (notification: Notification): notification is Message => isMessage(notification, 'OrderStateChanged');

const changedSchema = z.looseObject({ orderState: z.string() });

/** The metric that a state of an order stands for; undefined when it stands for none. */
function metricOf(state: string, { orders, metrics }: Settings): string | undefined {
  if (orders.fulfilledStates.includes(state)) return metrics.fulfilledOrder;
  return orders.cancelledStates.includes(state) ? metrics.cancelledOrder : undefined;
}

/** An order was fulfilled or cancelled: one event. */
export const orderState = defineHandler('order-state', accepts, async (message, context) => {
  const payload = messagePayload(message, changedSchema);
  if (payload && !metricOf(payload.orderState, context.settings)) return [];
  const order = existing(await context.commercetools.orders.byId(message.resource.id));
  const metric = metricOf(payload?.orderState ?? order.orderState, context.settings);
  if (!metric) return [];
  const facts = { metric, time: timeOf(message) };
  return orderEvents(order, context, (profile, orderContext) => [toOrderEvent(order, profile, facts, orderContext)]);
});
