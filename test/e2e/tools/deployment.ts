import needs from '../../../terraform/subscriptions.json' with { type: 'json' };
import type { Deployment } from '../../../tools/operator/doctor/deployment.ts';
import { PROJECT } from '../../doubles/pubsub/client.ts';

/** Every resource type that is synced. */
export const RESOURCE_TYPES = Object.keys(needs);

/** Terraform's names under a prefix. */
export const deploymentOf = (name: string): Deployment => ({
  project: PROJECT,
  name,
  topic: `projects/${PROJECT}/topics/${name}`,
  subscription: `projects/${PROJECT}/subscriptions/${name}-push`,
  deadLetterTopic: `projects/${PROJECT}/topics/${name}-dead-letter`,
  deadLetterSubscription: `projects/${PROJECT}/subscriptions/${name}-dead-letter`,
  skip: [],
});
