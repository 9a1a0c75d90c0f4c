import needs from '../../../terraform/subscriptions.json' with { type: 'json' };
import type { Deployment } from '../../../tools/doctor/deployment.ts';
import type { Pubsub, Services } from './support.ts';

/** What the shop is told to report: a draft of a commercetools subscription. */
export interface Draft {
  key: string;
  destination: { type: string; projectId: string; topic: string };
  messages: { resourceTypeId: string; types: string[] }[];
  changes: { resourceTypeId: string }[];
}

/** Every resource type that is synced. */
export const RESOURCE_TYPES = Object.keys(needs);

/** Terraform's names under a prefix. */
export const deploymentOf = (name: string): Deployment => ({
  project: 'demo',
  name,
  topic: `projects/demo/topics/${name}`,
  subscription: `projects/demo/subscriptions/${name}-push`,
  deadLetterTopic: `projects/demo/topics/${name}-dead-letter`,
  deadLetterSubscription: `projects/demo/subscriptions/${name}-dead-letter`,
  skip: [],
});

/** The drafts of the subscriptions that Terraform makes. */
export const drafts = (name: string): Draft[] =>
  Object.entries(needs).map(([resourceTypeId, { messages, changes }]) => ({
    key: `${name}-${resourceTypeId}`,
    destination: { type: 'GoogleCloudPubSub', projectId: 'demo', topic: name },
    messages: messages.length > 0 ? [{ resourceTypeId, types: messages }] : [],
    changes: changes ? [{ resourceTypeId }] : [],
  }));

/** Makes the subscriptions in the shop. */
export async function subscribe({ shop }: Services, subscriptions: readonly Draft[]): Promise<void> {
  const authorization = `Basic ${btoa(`${shop.clientId}:${shop.clientSecret}`)}`;
  const request = { method: 'POST', headers: { authorization } };
  const answer = await fetch(`${shop.url}/oauth/token?grant_type=client_credentials`, request);
  const { access_token: token } = (await answer.json()) as { access_token: string };
  for (const draft of subscriptions) {
    const { status } = await fetch(`${shop.url}/${shop.projectKey}/subscriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(draft),
    });
    if (status !== 201) throw new Error(`${draft.key}: ${status}`);
  }
}

/** Makes topics and subscriptions as Terraform does, but for what is given of the push subscription. */
export async function createDeployment({ create }: Pubsub, name: string, push: object = {}): Promise<void> {
  const { topic, deadLetterTopic } = deploymentOf(name);
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
