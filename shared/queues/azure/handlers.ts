import type { QueueMessage } from '../message.ts';
import type { Receive } from '../receiver.ts';
import { type InvocationLog, loggedBy } from './log.ts';
import { eventGridMessage, serviceBusMessage } from './messages.ts';

/** A handler of an Azure Functions trigger that gets one message a call. What it throws makes the message come again. */
type Handler = (message: unknown, context: InvocationLog) => Promise<void>;

/** Returns the handlers of Azure Functions, for `app.serviceBusQueue`, `app.serviceBusTopic` and `app.eventGrid`. */
export function azureHandlers(receive: Receive): { serviceBus: Handler; eventGrid: Handler } {
  const handlerOf =
    (open: (message: unknown, context: unknown) => QueueMessage): Handler =>
    (message, context) =>
      loggedBy(context, () => receive(open(message, context)));
  return { serviceBus: handlerOf(serviceBusMessage), eventGrid: handlerOf(eventGridMessage) };
}
