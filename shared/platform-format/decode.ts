import * as z from 'zod';
import { InvalidMessageError } from '../errors.ts';
import { validate } from '../validate.ts';
import { type Notification, notificationSchema } from './schema.ts';

/** What is known of the delivery of a message, whatever is in it. */
export interface Envelope {
  /** Pub/Sub's id of the message; the same in all its deliveries, another after a replay. */
  messageId?: string;
  /** When Pub/Sub took the message, before it was replayed if it was, in milliseconds since the epoch. */
  publishedAt?: number;
  /** How many times it has been delivered, from 1; known only with a dead-letter policy. */
  deliveryAttempt?: number;
  /** Trace id of the request, 32 hexadecimal digits. */
  traceId?: string;
}

/** A notification and what is known of its delivery. */
export interface Delivery extends Envelope {
  notification: Notification;
}

const pubSubPush = z.looseObject({
  message: z.looseObject(
    {
      /** Base64; what is not is found out when it turns out not to be JSON. */
      data: z.string().min(1),
    },
    'expected a Pub/Sub message; with SKIP_BASE64_ENCODING a payload may be posted as it is',
  ),
});

/** What only names a message may be missing or malformed: that is no reason to refuse it. */
const told = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const time = told(z.iso.datetime({ offset: true }));

const delivered = z.looseObject({
  message: z.looseObject({
    messageId: told(z.string()),
    publishTime: time,
    attributes: told(z.looseObject({ originalPublishTime: time })),
  }),
  deliveryAttempt: told(z.number()),
});

const anything = z.looseObject({});

const traceparent = z.looseObject({ traceparent: z.string().regex(/^\w\w-\w{32}-/) });

const cloudEventsFormat = z.looseObject({ specversion: z.string(), data: z.unknown() });

/**
 * Reads what the functions-framework hands over: an Eventarc delivery or a converted Pub/Sub push (a CloudEvent whose
 * data holds the Pub/Sub message), a Pub/Sub push that the framework left as it was, or, where allowed, a PlatformFormat
 * payload posted as the body itself. The message may be in either format of a commercetools subscription.
 *
 * @param posted whether a payload may be posted directly (SKIP_BASE64_ENCODING)
 * @param onEnvelope told of the delivery before its content is looked at, so that one that cannot be read has a name
 * @throws InvalidMessageError for everything else
 */
export function decode(event: unknown, posted = false, onEnvelope?: (envelope: Envelope) => void): Delivery {
  const body = validate(anything, event, () => 'The body');
  if (posted && isPayload(body)) return { notification: notificationOf(body) };
  const push = isPush(body.data) ? body.data : body;
  const traceId = traceparent.safeParse(body).data?.traceparent.slice(3, 35);
  const envelope = { ...envelopeOf(push), traceId };
  onEnvelope?.(envelope);
  const { message } = validate(pubSubPush, push, () => 'The body');
  return { ...envelope, notification: notificationOf(parseJson(message.data)) };
}

function envelopeOf(push: unknown): Envelope {
  const { data } = delivered.safeParse(push);
  if (!data) return {};
  const { message, deliveryAttempt } = data;
  const publishedAt = timeOf(message.attributes?.originalPublishTime ?? message.publishTime);
  return { messageId: message.messageId, publishedAt, deliveryAttempt };
}

const timeOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

const isPush = (value: unknown) => typeof value === 'object' && value !== null && 'message' in value;

const isPayload = (body: Record<string, unknown>) =>
  'notificationType' in body || ('specversion' in body && !isPush(body.data));

function parseJson(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    throw new InvalidMessageError('The data of the Pub/Sub message is not JSON');
  }
}

function notificationOf(payload: unknown): Notification {
  const { data: cloudEvent } = cloudEventsFormat.safeParse(payload);
  const notification = cloudEvent ? cloudEvent.data : payload;
  return validate(notificationSchema, notification, () => nameOf(notification));
}

/** Type and resource of a payload that may be malformed, as far as they are plain words. */
function nameOf(payload: unknown): string {
  const word = told(z.string().regex(/^[\w-]{1,64}$/));
  const resource = told(z.looseObject({ typeId: word, id: word }));
  const { data } = z.looseObject({ notificationType: word, type: word, resource }).safeParse(payload);
  const parts = [
    data?.notificationType,
    data?.type,
    data?.resource && 'of',
    data?.resource?.typeId,
    data?.resource?.id,
  ];
  return `The notification ${parts.filter(Boolean).join(' ')}`.trimEnd();
}
