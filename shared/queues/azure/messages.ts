import * as z from 'zod';
import { lenient, time, traceparent } from '../../platform-format/envelope.ts';
import type { QueueMessage } from '../message.ts';

/** What is used of an invocation: https://learn.microsoft.com/azure/azure-functions/functions-reference-node */
const invocation = z
  .looseObject({
    triggerMetadata: lenient(
      z.looseObject({
        messageId: lenient(z.string()),
        enqueuedTimeUtc: time,
        deliveryCount: lenient(z.number()),
      }),
    ),
    traceContext: lenient(z.looseObject({ traceParent: traceparent })),
  })
  .catch({});

const cloudEvent = z.looseObject({ id: lenient(z.string()), time }).catch({});

/**
 * Returns the message of a Service Bus trigger: its body is the payload, which Azure Functions has read already where it is JSON.
 * A batch (`cardinality: 'many'`) is no payload, so it is refused: a batch can only fail as a whole.
 */
export function serviceBusMessage(body: unknown, context: unknown): QueueMessage {
  const { triggerMetadata, traceContext } = invocation.parse(context);
  return {
    id: triggerMetadata?.messageId,
    publishedAt: triggerMetadata?.enqueuedTimeUtc,
    attempt: triggerMetadata?.deliveryCount,
    traceparent: traceContext?.traceParent,
    payload: body,
  };
}

/** Returns the message of an Event Grid trigger: a CloudEvent, the only format that commercetools has for Event Grid. */
export function eventGridMessage(event: unknown, context: unknown): QueueMessage {
  const { id, time } = cloudEvent.parse(event);
  const { traceContext } = invocation.parse(context);
  return { id, publishedAt: time, traceparent: traceContext?.traceParent, payload: event };
}
