import * as z from 'zod';

/** Google Cloud project of the sandbox. */
export const PROJECT = 'demo';
/** Name of its deployment; from it Terraform makes all names, and so does the sandbox. */
export const NAME = 'klaviyo-sync';
/** Topic that commercetools publishes to. */
export const TOPIC = `projects/${PROJECT}/topics/${NAME}`;
/** Push subscription that delivers to the function. */
export const SUBSCRIPTION = `projects/${PROJECT}/subscriptions/${NAME}-push`;
/** Topic of what was given up. */
export const DEAD_LETTER_TOPIC = `projects/${PROJECT}/topics/${NAME}-dead-letter`;
/** Pull subscription that keeps what was given up. */
export const DEAD_LETTER_SUBSCRIPTION = `projects/${PROJECT}/subscriptions/${NAME}-dead-letter`;

/** A message as Pub/Sub's REST API gives it. */
export const messageSchema = z.object({
  /** Base64. */
  data: z.string().default(''),
  attributes: z.record(z.string(), z.string()).default({}),
  messageId: z.string(),
  publishTime: z.string(),
});

const published = z.object({ messageIds: z.tuple([z.string()]) });
const pulled = z.object({
  receivedMessages: z.array(z.object({ ackId: z.string(), message: messageSchema })).default([]),
});

/** A message that was taken from a subscription. */
export interface Pulled {
  /** As it was published. */
  data: string;
  /** Its own and, on a message that was given up, telling where it comes from, Pub/Sub's: CloudPubSubDeadLetterSource… */
  attributes: Record<string, string>;
  /** On a message that was given up a new one, other than in its attempts. */
  messageId: string;
}

/** Gives Pub/Sub's REST API at a URL, as far as it is used here. Its functions throw what the API refuses. */
export function createClient(url: string) {
  const kept: Pulled[] = [];

  async function call(method: string, path: string, body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/v1/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  /** Takes what waits in a subscription. */
  async function take(subscription: string): Promise<Pulled[]> {
    const request = { maxMessages: 1000, returnImmediately: true };
    const { receivedMessages } = pulled.parse(await call('POST', `${subscription}:pull`, request));
    const ackIds = receivedMessages.map(({ ackId }) => ackId);
    if (ackIds.length > 0) await call('POST', `${subscription}:acknowledge`, { ackIds });
    return receivedMessages.map(({ message }) => ({
      ...message,
      data: Buffer.from(message.data, 'base64').toString(),
    }));
  }

  return {
    take,

    /** Creates a topic or a subscription. */
    create: (name: string, body: object) => call('PUT', name, body),

    /** Publishes to a topic, by default that of commercetools, and gives the message's id. */
    async publish(data: string | Buffer, attributes: Record<string, string> = {}, topic = TOPIC): Promise<string> {
      const message = { data: Buffer.from(data).toString('base64'), attributes };
      return published.parse(await call('POST', `${topic}:publish`, { messages: [message] })).messageIds[0];
    },

    /** Gives everything that was given up since the start. */
    async deadLetters(): Promise<Pulled[]> {
      kept.push(...(await take(DEAD_LETTER_SUBSCRIPTION)));
      return [...kept];
    },
  };
}
