import * as z from 'zod';
import { validate } from '../validate.ts';
import type { Message, Notification } from './schema.ts';

/** Returns the type of a message, also when its payload was too large to be included. Undefined for anything else. */
export const messageType = (notification: Notification): string | undefined => {
  if (notification.notificationType !== 'Message') return undefined;
  return notification.type ?? notification.payloadNotIncluded?.payloadType;
};

/** A message in a few words that hold no personal data, for errors. */
const describeMessage = (message: Message): string =>
  `Message ${messageType(message)} of ${message.resource.typeId} ${message.resource.id}`;

/**
 * Returns the payload that a message carries, validated; undefined when it was too large to be included, so that the
 * resource has to be read.
 *
 * @throws InvalidMessageError when the message carries something else
 */
export function messagePayload<S extends z.ZodType>(message: Message, schema: S): z.output<S> | undefined {
  if (message.payloadNotIncluded) return undefined;
  return validate(schema, message, () => describeMessage(message));
}

const dated = z.looseObject({ createdAt: z.string() });

/**
 * Returns when a message's fact happened, ISO 8601.
 *
 * @throws InvalidMessageError when the message does not say
 */
export const occurredAt = (message: Message): string =>
  validate(dated, message, () => describeMessage(message)).createdAt;
