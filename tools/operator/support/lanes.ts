import type { Lane } from '../../../shared/handlers/index.ts';
import { fullName, type Google, isGrpcError, ONE_TRY } from './google.ts';

/** What a lane has in Pub/Sub, by full names. */
export interface LaneResources {
  lane: Lane;
  /** Short name of its function, or of its service in Cloud Run. */
  program: string;
  topic: string;
  /** Delivers to the lane's function. */
  subscription: string;
  deadLetterTopic: string;
  deadLetterSubscription: string;
}

/** Terraform's names of a lane, but for those that are given. The first lane has the names without a suffix. */
export function resourcesOf(
  project: string,
  name: string,
  lane: Lane,
  given: Partial<Omit<LaneResources, 'lane' | 'program'>> = {},
): LaneResources {
  const prefix = lane === 'orders' ? name : `${name}-${lane}`;
  return {
    lane,
    program: prefix,
    topic: fullName(project, 'topics', given.topic ?? prefix),
    subscription: fullName(project, 'subscriptions', given.subscription ?? `${prefix}-push`),
    deadLetterTopic: fullName(project, 'topics', given.deadLetterTopic ?? `${prefix}-dead-letter`),
    deadLetterSubscription: fullName(project, 'subscriptions', given.deadLetterSubscription ?? `${prefix}-dead-letter`),
  };
}

/**
 * The lanes that a deployment has: a second one where its dead letters are kept.
 *
 * @throws Pub/Sub's error when it does not say, such as PERMISSION_DENIED for who may look at the first lane only
 */
export async function findLanes(
  { subscriber }: Pick<Google, 'subscriber'>,
  project: string,
  name: string,
): Promise<readonly Lane[]> {
  const { deadLetterSubscription: subscription } = resourcesOf(project, name, 'catalog');
  try {
    await subscriber.getSubscription({ subscription }, ONE_TRY);
    return ['orders', 'catalog'];
  } catch (error) {
    if (isGrpcError(error, 'NOT_FOUND')) return ['orders'];
    throw error;
  }
}
