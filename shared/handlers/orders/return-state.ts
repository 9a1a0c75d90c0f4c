import * as z from 'zod';
import { text } from '../../commercetools/resources/common.ts';
import { type Returned, returnsOf, toReceivedReturn } from '../../mappers/orders/return.ts';
import { occurredAt } from '../../platform-format/message.ts';
import { defineHandler } from '../handler.ts';
import { orderEvents } from './events.ts';
import { aboutIn, orderOf } from './parts.ts';
import { returnedLines } from './return.ts';

/** What was sent back has come back: one event an item. */
export const returnState = defineHandler({
  name: 'return-state',
  resource: 'order',
  messages: {
    OrderReturnShipmentStateChanged: z.looseObject({ returnItemId: text, returnShipmentState: z.string() }),
  },
  becomes: '`Received Return` of an item that is `Returned`',
  async plan({ notification, payload }, context) {
    const { returnedStates } = context.settings.orders;
    const isReceived = (states: readonly string[]) => states.some((state) => returnedStates.includes(state));
    if (payload && !isReceived([payload.returnShipmentState])) return [];
    const order = await orderOf(notification, context);
    const isNamed = payload && (({ item }: Returned) => item.id === payload.returnItemId);
    const received = ({ item }: Returned) => isNamed !== undefined || isReceived(statesUpTo(item.shipmentState));
    const items = aboutIn(returnsOf(order), isNamed, 'return', order, notification).filter(received);
    const returns = items
      .map((one) => ({ one, lines: returnedLines(order, one, notification, context) }))
      .filter(({ lines }) => lines.length > 0);
    if (returns.length === 0) return [];
    const time = occurredAt(notification);
    return orderEvents(order, notification, context, (sources) =>
      returns.map(({ one, lines }) => toReceivedReturn(order, one, lines, time, sources.profile, sources.context)),
    );
  },
});

/** The states that an item has been in for certain: the message may be about one that it has left since. */
const statesUpTo = (state: string): string[] => (state === 'Advised' ? [state] : ['Returned', state]);
