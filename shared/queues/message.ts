import * as z from 'zod';
import { type Envelope, lenient, time, traceparent } from '../platform-format/envelope.ts';

/** One message, as any queue hands it over. */
export interface QueueMessage {
  /** The notification in either format of a commercetools subscription: JSON as a text or its bytes, or what the JSON says. */
  payload: unknown;
  /** The queue's id of the message: the same in all its deliveries. */
  id?: string;
  /** When the queue took the message, in milliseconds since the epoch. */
  publishedAt?: number;
  /** Which delivery of the message it is, from 1. */
  attempt?: number;
  /** Trace of the delivery: https://www.w3.org/TR/trace-context/ */
  traceparent?: string;
}

/** A number, or the text of one, as SQS has it. */
export const number = lenient(z.coerce.number().positive());

/** What goes into the age of the payload and into calls: whoever calls `receive` may have made it of anything. */
const delivery = z.looseObject({ publishedAt: number, traceparent });

/** A Message was created, a Change modified, a CloudEvent tells its time. */
const dated = z.looseObject({ createdAt: time, modifiedAt: time, time }).catch({});

/**
 * Returns the envelope of a message. The payload is as old as it says itself, where a queue took it later: a message that was
 * moved back from a dead-letter queue is a new one to SQS and to Service Bus. Never throws: a text that is no JSON, of which
 * neither Base64 nor a compressed one is unpacked, is content that cannot be parsed.
 */
export function envelopeOf(message: QueueMessage): Envelope {
  const content = parsed(message.payload);
  const { publishedAt, traceparent } = delivery.parse(message);
  const { createdAt, modifiedAt, time } = dated.parse(content);
  const times = [publishedAt, createdAt ?? modifiedAt ?? time].filter((one) => one !== undefined);
  return {
    messageId: message.id,
    publishedAt: times.length > 0 ? Math.min(...times) : undefined,
    deliveryAttempt: message.attempt,
    traceparent,
    traceId: traceparent?.slice(3, 35),
    content: { payload: content },
  };
}

/** Returns what a text, or its bytes, say in JSON; anything else as it is. */
export function parsed(payload: unknown): unknown {
  const text = payload instanceof Uint8Array ? Buffer.from(payload).toString() : payload;
  if (typeof text !== 'string') return payload;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
