import { SUBSCRIPTION } from './pubsub/client.ts';

/** What Pub/Sub says of a message besides its data. */
export interface PushOptions {
  messageId?: string;
  publishTime?: Date;
  /** Which delivery of the message it is, from 1; Pub/Sub tells only where there is a dead-letter topic. */
  deliveryAttempt?: number;
  /** Where it is pushed to; Pub/Sub's recommended path names the topic. */
  path?: string;
}

/** Returns the data of a Pub/Sub message, in Base64: a payload as JSON, or a text as it is. */
export const dataOf = (payload: unknown): string =>
  Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64');

/** Returns the body of a push, around a message: https://cloud.google.com/pubsub/docs/push#receive_push */
export const pushOf = <T extends object>(message: T, deliveryAttempt?: number) => ({
  message,
  subscription: SUBSCRIPTION,
  ...(deliveryAttempt !== undefined && { deliveryAttempt }),
});

/** Returns the body of a push of a payload, which may be a text. */
export function pushBody(payload: unknown, options: PushOptions = {}) {
  const { messageId = '1', publishTime = new Date(), deliveryAttempt } = options;
  const about = { messageId, message_id: messageId, publishTime: publishTime.toISOString(), attributes: {} };
  return pushOf({ data: dataOf(payload), ...about }, deliveryAttempt);
}

/** Returns the headers that make a push an Eventarc delivery. */
export const cloudEventOf = ({ messageId = '1' }: PushOptions = {}) => ({
  'ce-id': messageId,
  'ce-specversion': '1.0',
  'ce-type': 'google.cloud.pubsub.topic.v1.messagePublished',
  'ce-source': '//pubsub.googleapis.com/projects/demo/topics/shop',
  'ce-time': new Date().toISOString(),
});

/** Returns a notification in the CloudEvents format of a commercetools subscription; as it is when it is in it already. */
export function inCloudEventsFormat(notification: Record<string, unknown>): Record<string, unknown> {
  if ('specversion' in notification) return notification;
  return {
    specversion: '1.0',
    id: String(notification.id ?? 'e1'),
    type: `com.commercetools.${notification.notificationType}`,
    source: '/demo-shop',
    time: '2026-06-01T00:00:00.000Z',
    data: notification,
  };
}
