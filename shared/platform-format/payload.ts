import * as z from 'zod';
import { InvalidMessageError } from '../errors.ts';
import { validate } from '../validate.ts';
import { type Envelope, lenient } from './envelope.ts';
import { type Notification, notificationSchema } from './schema.ts';

const pubSubPush = z.looseObject({
  message: z.looseObject(
    {
      /** Base64. Anything else turns out not to be JSON. */
      data: z.string().min(1),
    },
    'expected a Pub/Sub message; with SKIP_BASE64_ENCODING a payload may be posted as it is',
  ),
});

const cloudEvent = z.looseObject({ specversion: z.string(), data: z.unknown() });

/**
 * Returns the validated notification of an envelope, in either format of a commercetools subscription (`Platform` or
 * `CloudEvents`).
 *
 * @throws InvalidMessageError naming each path that is not as expected, without values
 */
export function parseNotification({ content }: Pick<Envelope, 'content'>): Notification {
  const payload = 'payload' in content ? content.payload : parsePush(content.push);
  const { data: event } = cloudEvent.safeParse(payload);
  const notification = event ? event.data : payload;
  if (typeof notification === 'string')
    throw new InvalidMessageError('The payload is a text and no JSON object; Base64 and compression are not undone');
  if (Array.isArray(notification))
    throw new InvalidMessageError('The payload is a list and no JSON object; hand over one message at a time');
  return validate(notificationSchema, notification, () => describePayload(notification));
}

function parsePush(push: unknown): unknown {
  const { message } = validate(pubSubPush, push, () => 'The body');
  try {
    return JSON.parse(Buffer.from(message.data, 'base64').toString('utf8'));
  } catch {
    throw new InvalidMessageError('The data of the Pub/Sub message is not JSON');
  }
}

/** Type and resource of a payload that may be malformed, as far as they are plain words. */
function describePayload(payload: unknown): string {
  const word = lenient(z.string().regex(/^[\w-]{1,64}$/));
  const resource = lenient(z.looseObject({ typeId: word, id: word }));
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
