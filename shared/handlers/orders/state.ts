import * as z from 'zod';
import { metricOfState, toStateEvent } from '../../mappers/orders/state.ts';
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
    if (payload && !metricOfState(payload.orderState, settings)) return [];
    const order = existing(await commercetools.orders.byId(notification.resource.id));
    const metric = metricOfState(payload?.orderState ?? order.orderState, settings);
    if (!metric) return [];
    const facts = { metric, time: occurredAt(notification) };
    return orderEvents(order, notification, context, (sources) => [
      toStateEvent(order, facts, sources.profile, sources.context),
    ]);
  },
});
