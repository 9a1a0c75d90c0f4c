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

const published = z.object({ messageIds: z.array(z.string()) });
const pulled = z.object({
  receivedMessages: z.array(z.object({ ackId: z.string(), message: messageSchema })).default([]),
});

/** A message to publish. */
export interface Draft {
  data: string | Uint8Array;
  attributes?: Record<string, string>;
}

/** A message that waits to be acknowledged. */
export interface Leased {
  ackId: string;
  message: z.output<typeof messageSchema>;
}

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

  /** Leases what waits in a subscription, 1,000 messages at most. */
  async function pull(subscription: string): Promise<Leased[]> {
    const request = { maxMessages: 1000, returnImmediately: true };
    return pulled.parse(await call('POST', `${subscription}:pull`, request)).receivedMessages;
  }

  async function acknowledge(subscription: string, ackIds: string[]): Promise<void> {
    if (ackIds.length > 0) await call('POST', `${subscription}:acknowledge`, { ackIds });
  }

  /** Takes what waits in a subscription. */
  async function take(subscription: string): Promise<Pulled[]> {
    const leased = await pull(subscription);
    await acknowledge(
      subscription,
      leased.map(({ ackId }) => ackId),
    );
    return leased.map(({ message }) => ({ ...message, data: Buffer.from(message.data, 'base64').toString() }));
  }

  /** Publishes messages, 1,000 at most, to a topic, by default that of commercetools, and gives their ids in the same order. */
  async function publishAll(drafts: readonly Draft[], topic = TOPIC): Promise<string[]> {
    const messages = drafts.map(({ data, attributes = {} }) => ({
      data: Buffer.from(data).toString('base64'),
      attributes,
    }));
    return published.parse(await call('POST', `${topic}:publish`, { messages })).messageIds;
  }

  return {
    pull,
    acknowledge,
    take,
    publishAll,

    /** Gives back what was leased, so that whoever asks next gets it. */
    async release(subscription: string, ackIds: string[]): Promise<void> {
      const request = { ackIds, ackDeadlineSeconds: 0 };
      if (ackIds.length > 0) await call('POST', `${subscription}:modifyAckDeadline`, request);
    },

    /** Creates a topic or a subscription. */
    create: (name: string, body: object) => call('PUT', name, body),

    /** Publishes a message, and gives its id. */
    async publish(data: string | Buffer, attributes: Record<string, string> = {}, topic = TOPIC): Promise<string> {
      const [id = ''] = await publishAll([{ data, attributes }], topic);
      return id;
    },

    /** Gives everything that was given up since the start. */
    async deadLetters(): Promise<Pulled[]> {
      kept.push(...(await take(DEAD_LETTER_SUBSCRIPTION)));
      return [...kept];
    },
  };
}
