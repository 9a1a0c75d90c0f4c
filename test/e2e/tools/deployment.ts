import type { Lane } from '../../../shared/handlers/index.ts';
import needs from '../../../terraform/subscriptions.json' with { type: 'json' };
import type { Deployment } from '../../../tools/operator/doctor/deployment.ts';
import type { LaneResources } from '../../../tools/operator/support/lanes.ts';
import { PROJECT } from '../../doubles/pubsub/client.ts';

/** Every resource type that is synced. */
export const RESOURCE_TYPES = Object.keys(needs);

/** Terraform's names of a lane under a prefix, which is the lane's own. */
export const laneOf = (prefix: string, lane: Lane = 'orders'): LaneResources => ({
  lane,
  program: prefix,
  topic: `projects/${PROJECT}/topics/${prefix}`,
  subscription: `projects/${PROJECT}/subscriptions/${prefix}-push`,
  deadLetterTopic: `projects/${PROJECT}/topics/${prefix}-dead-letter`,
  deadLetterSubscription: `projects/${PROJECT}/subscriptions/${prefix}-dead-letter`,
});

/** A deployment of one lane. */
export const deploymentOf = (name: string): Deployment => ({
  project: PROJECT,
  name,
  lanes: [laneOf(name)],
  skip: [],
});
