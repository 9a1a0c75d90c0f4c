import * as z from 'zod';
import { list, optionalText, text } from '../../commercetools/resources/common.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import {
  namedBy,
  type Returned,
  returnedBefore,
  returnsOf,
  toReceivedReturn,
  toRequestedReturn,
} from '../../mappers/orders/return.ts';
import type { Message } from '../../platform-format/schema.ts';
import { defineHandler, type PlanContext } from '../handler.ts';
import { orderEvents } from './events.ts';
import { isLater, linesOf, orderOf, shown } from './parts.ts';

const returnInfo = z.looseObject({
  items: list(
    z.looseObject({ id: text, shipmentState: optionalText, createdAt: optionalText, lastModifiedAt: optionalText }),
  ),
});

/**
 * Something is to be sent back: one event an item. Items that were told before repeat harmlessly. What a shop adds when it has come
 * back already is received as well: commercetools tells of no change of its state.
 */
export const returnRequested = defineHandler({
  name: 'return',
  resource: 'order',
  messages: {
    ReturnInfoAdded: z.looseObject({ returnInfo }),
    ReturnInfoSet: z.looseObject({ returnInfo: list(returnInfo) }),
  },
  becomes:
    '`Requested Return` of each item that is to be sent back, and `Received Return` of one that is added as `Returned`',
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
    const { orders, handlers } = context.settings;
    // What has come back since it was added has a message of its own. Without the payload nobody can tell one from the other.
    const unchanged = named?.filter(({ createdAt, lastModifiedAt = createdAt }) => lastModifiedAt === createdAt);
    const added = new Map(unchanged?.map(({ id, shipmentState }) => [id, shipmentState]));
    const isReceived = ({ item }: Returned) =>
      !handlers.disabled.includes('return-state') && orders.returnedStates.includes(added.get(item.id) ?? '');
    return orderEvents(order, notification, context, ({ profile, context }) =>
      returns.flatMap(({ one, lines }) => [
        toRequestedReturn(order, one, lines, profile, context),
        ...(isReceived(one) ? [toReceivedReturn(order, one, lines, one.item.createdAt, profile, context)] : []),
      ]),
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
