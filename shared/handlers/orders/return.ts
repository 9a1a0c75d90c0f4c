import * as z from 'zod';
import { list, text } from '../../commercetools/resources/common.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import { namedBy, type Returned, returnedBefore, returnsOf, toRequestedReturn } from '../../mappers/orders/return.ts';
import type { Message } from '../../platform-format/schema.ts';
import { defineHandler, type PlanContext } from '../handler.ts';
import { orderEvents } from './events.ts';
import { isLater, linesOf, orderOf, shown } from './parts.ts';

const returnInfo = z.looseObject({ items: list(z.looseObject({ id: text })) });

/** Something is to be sent back: one event an item. Items that were told before repeat harmlessly. */
export const returnRequested = defineHandler({
  name: 'return',
  resource: 'order',
  messages: {
    ReturnInfoAdded: z.looseObject({ returnInfo }),
    ReturnInfoSet: z.looseObject({ returnInfo: list(returnInfo) }),
  },
  becomes: '`Requested Return` of each item that is to be sent back',
  async plan({ type, notification, payload }, context) {
    const infos = type === 'ReturnInfoAdded' ? payload && [payload.returnInfo] : payload?.returnInfo;
    const named = infos?.flatMap(({ items }) => items);
    if (named?.length === 0) return [];
    const order = await orderOf(notification, context);
    const all = returnsOf(order);
    /** The items of the message that the order has still; all of the order when the payload was not included. */
    const items = named
      ?.map(({ id }) => all.find(({ item }) => item.id === id))
      .filter((one) => one !== undefined || !isLater(order, notification))
      .map((one) => shown(one, 'return', order, notification));
    const returns = (items ?? all)
      .map((one) => ({ one, lines: returnedLines(order, one, notification, context) }))
      .filter(({ lines }) => lines.length > 0);
    if (returns.length === 0) return [];
    return orderEvents(order, notification, context, (sources) =>
      returns.map(({ one, lines }) => toRequestedReturn(order, one, lines, sources.profile, sources.context)),
    );
  },
});

/**
 * Returns the line that an item sends back, with how many pieces; none when earlier items have taken all that was bought.
 *
 * @throws RetryableError for a line that the order does not know, and cannot have lost
 */
export const returnedLines = (order: Order, { item }: Returned, message: Message, context: PlanContext) =>
  linesOf(order, [namedBy(item)], message, context, returnedBefore(order, item));
