import * as z from 'zod';
import { validate } from '../validate.ts';
import type { Change, Message, Notification } from './schema.ts';

/** The type of a message, also when its payload was too large to be included. Undefined for anything else. */
export const messageType = (notification: Notification): string | undefined => {
  if (notification.notificationType !== 'Message') return undefined;
  return notification.type ?? notification.payloadNotIncluded?.payloadType;
};

/** Whether it is a message of one of the given types. */
export const isMessage = (notification: Notification, ...types: string[]): notification is Message =>
  types.includes(messageType(notification) ?? '');

/** Whether it is one of the given changes of a type of resource. */
export const isChange = (
  notification: Notification,
  typeId: string,
  ...types: Change['notificationType'][]
): notification is Change =>
  types.some((type) => type === notification.notificationType) &&
  notification.notificationType !== 'Event' &&
  notification.resource.typeId === typeId;

/** A notification in a few words that hold no personal data, for errors and logs. */
const describeNotification = (notification: Notification): string => {
  if (notification.notificationType === 'Event') return `Event ${notification.type}`;
  const { typeId, id } = notification.resource;
  return [notification.notificationType, messageType(notification), `of ${typeId} ${id}`].filter(Boolean).join(' ');
};

/**
 * The payload that a message carries, validated; undefined when it was too large to be included, so that the resource
 * has to be fetched.
 *
 * @throws InvalidMessageError when it carries something else
 */
export function messagePayload<S extends z.ZodType>(message: Message, schema: S): z.output<S> | undefined {
  if (message.payloadNotIncluded) return undefined;
  return validate(schema, message, () => describeNotification(message));
}

/**
 * When what a message tells happened, ISO 8601.
 *
 * @throws InvalidMessageError when the message does not say
 */
export const timeOf = (message: Message): string =>
  validate(dated, message, () => describeNotification(message)).createdAt;

const dated = z.looseObject({ createdAt: z.string() });
