/** What Pub/Sub says of a message besides its data. */
export interface PushOptions {
  messageId?: string;
  publishTime?: Date;
  /** Where it is pushed to; Pub/Sub's recommended path names the topic. */
  path?: string;
}

/** The body of a Pub/Sub push: the payload as JSON, or a text as it is, in Base64. */
export function pushBody(payload: unknown, { messageId = '1', publishTime = new Date() }: PushOptions = {}) {
  const data = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64');
  return {
    message: { data, messageId, message_id: messageId, publishTime: publishTime.toISOString(), attributes: {} },
    subscription: 'projects/demo/subscriptions/shop-push',
  };
}

/** The headers that make a push an Eventarc delivery. */
export const cloudEventOf = ({ messageId = '1' }: PushOptions = {}) => ({
  'ce-id': messageId,
  'ce-specversion': '1.0',
  'ce-type': 'google.cloud.pubsub.topic.v1.messagePublished',
  'ce-source': '//pubsub.googleapis.com/projects/demo/topics/shop',
  'ce-time': new Date().toISOString(),
});

/** A notification in the CloudEvents format of a commercetools subscription; one that is in it already stays as it is. */
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
