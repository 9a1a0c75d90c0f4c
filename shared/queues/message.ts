import * as z from 'zod';
import { type Envelope, time } from '../platform-format/envelope.ts';

/** One message, as any queue hands it over. */
export interface QueueMessage {
  /** The notification in either format of a commercetools subscription: JSON as a text, or what the JSON says. */
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

/** A Message was created, a Change modified, a CloudEvent tells its time. */
const dated = z.looseObject({ createdAt: time, modifiedAt: time, time }).catch({});

/**
 * Returns the envelope of a message. The payload is as old as it says itself, where a queue took it later: a message that was
 * moved back from a dead-letter queue is a new one to SQS and to Service Bus. Never throws: a text that is no JSON, of which
 * neither Base64 nor a compressed one is unpacked, is content that cannot be parsed.
 */
export function envelopeOf({ payload, id, publishedAt, attempt, traceparent }: QueueMessage): Envelope {
  const content = parsed(payload);
  const { createdAt, modifiedAt, time } = dated.parse(content);
  const times = [publishedAt, createdAt ?? modifiedAt ?? time].filter((one) => one !== undefined);
  return {
    messageId: id,
    publishedAt: times.length > 0 ? Math.min(...times) : undefined,
    deliveryAttempt: attempt,
    traceparent,
    traceId: traceparent?.slice(3, 35),
    content: { payload: content },
  };
}

/** Returns what a text says in JSON; anything else as it is. */
export function parsed(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
