import * as z from 'zod';

/** One delivery of a message: what is known of the delivery itself, and the content still unread. */
export interface Envelope {
  /** Pub/Sub's id of the message: the same in all its deliveries, another after a replay. */
  messageId?: string;
  /** When Pub/Sub took the message (before a replay), in milliseconds since the epoch. */
  publishedAt?: number;
  /** How many times the message has been delivered, from 1. Known only with a dead-letter policy. */
  deliveryAttempt?: number;
  /** Trace of the request, as the header `traceparent` says it: https://www.w3.org/TR/trace-context/ */
  traceparent?: string;
  /** Its trace id, 32 hexadecimal digits. */
  traceId?: string;
  /** What `parseNotification` reads: a Pub/Sub push, or a payload that was posted as the body itself. */
  content: { push: unknown } | { payload: unknown };
}

/** Type of the CloudEvent that the front door (`shared/front`) makes of whatever is posted as no CloudEvent. */
export const PLAIN_POST = 'plain-post';

/** Metadata: for the log, and for the age of the payload. Missing or malformed metadata must not fail the message. */
export const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** A time in ISO 8601, as milliseconds since the epoch. */
export const time = lenient(z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)));

const delivery = z.looseObject({
  message: z.looseObject({
    messageId: lenient(z.string()),
    publishTime: time,
    attributes: lenient(z.looseObject({ originalPublishTime: time })),
  }),
  deliveryAttempt: lenient(z.number()),
});

/** Trace of a delivery: https://www.w3.org/TR/trace-context/#traceparent-header */
export const traceparent = lenient(z.string().regex(/^\w\w-\w{32}-\w{16}-\w\w$/));

const traced = z.looseObject({ traceparent });

/**
 * Opens what the functions-framework hands over: an Eventarc delivery (a CloudEvent whose data holds the Pub/Sub message), a
 * Pub/Sub push, marked by the front door, converted by the framework or as it was, or, where allowed, a payload that was
 * posted as the body itself. Never throws: a body that is nothing of these is content that cannot be parsed.
 *
 * @param mayBePosted whether a payload may be the body itself (SKIP_BASE64_ENCODING)
 */
export function openEnvelope(event: unknown, mayBePosted = false): Envelope {
  const request = isObject(event) ? event : {};
  const posted = request.type === PLAIN_POST ? request.data : event;
  const body = isObject(posted) ? posted : {};
  if (mayBePosted && isPayload(body)) return { content: { payload: body } };
  const push = isPush(body.data) ? body.data : posted;
  const { message, deliveryAttempt } = delivery.safeParse(push).data ?? {};
  const { traceparent } = traced.safeParse(request).data ?? {};
  return {
    messageId: message?.messageId,
    publishedAt: message?.attributes?.originalPublishTime ?? message?.publishTime,
    deliveryAttempt,
    traceparent,
    traceId: traceparent?.slice(3, 35),
    content: { push },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isPush = (value: unknown) => isObject(value) && 'message' in value;

const isPayload = (body: Record<string, unknown>) =>
  'notificationType' in body || ('specversion' in body && !isPush(body.data));
