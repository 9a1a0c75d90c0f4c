import { createClient, PROJECT } from '../../doubles/pubsub/client.ts';
import { fixture } from '../../fixtures/index.ts';
import { laneOf } from './deployment.ts';

/** How long the emulator keeps a message for a reader, in seconds; the least that Pub/Sub allows. */
export const LEASE_SECONDS = 10;

/** The parts of the emulator's REST API that the tests use. */
export interface Pubsub {
  url: string;
  create(name: string, body: object): Promise<unknown>;
  publish(topic: string, data: string, attributes?: Record<string, string>): Promise<void>;
  /** Takes all that waits in a subscription: the data, and the attributes. */
  take(subscription: string): Promise<{ data: string; attributes: Record<string, string> }[]>;
}

/** Gives the emulator's REST API at a URL, with names of the project. */
export function createPubsub(url: string): Pubsub {
  const { create, publish, take } = createClient(url);
  const full = (name: string) => `projects/${PROJECT}/${name}`;
  return {
    url,
    create: (name, body) => create(full(name), body),
    publish: async (topic, data, attributes) => void (await publish(data, attributes, full(`topics/${topic}`))),
    take: (subscription) => take(full(`subscriptions/${subscription}`)),
  };
}

/**
 * Makes a topic, a pull subscription in the place of the function's, and the dead-letter topic and subscription, by
 * Terraform's names under a prefix.
 */
export async function createTopics({ create }: Pubsub, name: string): Promise<void> {
  await create(`topics/${name}`, {});
  await create(`topics/${name}-dead-letter`, {});
  await create(`subscriptions/${name}-source`, { topic: `projects/demo/topics/${name}` });
  await create(`subscriptions/${name}-dead-letter`, {
    topic: `projects/demo/topics/${name}-dead-letter`,
    ackDeadlineSeconds: LEASE_SECONDS,
  });
}

const DAY_MILLISECONDS = 86_400_000;

/** Puts a message into a dead-letter topic with the attributes that Pub/Sub adds: a fixture by its name, or a text. */
export const giveUp = ({ publish }: Pubsub, name: string, content: string): Promise<void> =>
  publish(`${name}-dead-letter`, /^\w+(\.[\w-]+)*$/.test(content) ? JSON.stringify(fixture(content)) : content, {
    origin: 'test',
    CloudPubSubDeadLetterSourceDeliveryCount: '100',
    CloudPubSubDeadLetterSourceSubscription: `${name}-push`,
    CloudPubSubDeadLetterSourceSubscriptionProject: 'demo',
    CloudPubSubDeadLetterSourceTopicPublishTime: new Date(Date.now() - 2 * DAY_MILLISECONDS).toISOString(),
  });

/** Makes topics and subscriptions as Terraform does, but for what is given of the push subscription. */
export async function createDeployment({ create }: Pubsub, name: string, push: object = {}): Promise<void> {
  const { topic, deadLetterTopic } = laneOf(name);
  await create(`topics/${name}`, {});
  await create(`topics/${name}-dead-letter`, {});
  await create(`subscriptions/${name}-push`, {
    topic,
    ackDeadlineSeconds: 90,
    pushConfig: { pushEndpoint: `http://127.0.0.1:1/${topic}` },
    retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
    deadLetterPolicy: { deadLetterTopic, maxDeliveryAttempts: 100 },
    ...push,
  });
  await create(`subscriptions/${name}-dead-letter`, { topic: deadLetterTopic, ackDeadlineSeconds: 10 });
}
