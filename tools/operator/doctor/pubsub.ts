import type { protos } from '@google-cloud/pubsub';
import { type Google, isGrpcError, ONE_TRY } from '../support/google.ts';
import type { LaneResources } from '../support/lanes.ts';
import { duration } from '../support/table.ts';
import { attempted, type Check, failed, ok, unless, warning } from './check.ts';

type Subscription = protos.google.pubsub.v1.ISubscription;
type ReadSubscription = (subscription: string) => Promise<Subscription>;

const DAY_SECONDS = 86_400;
const APPLY = 'Run terraform apply, or see docs/deploy-without-terraform.md.';

/** Whether something is there; whatever else goes wrong is a failure too. */
const existing = <T>(name: string, read: () => Promise<T>, check: (found: T) => Check[]): Promise<Check[]> =>
  read().then(check, async (error) => [
    isGrpcError(error, 'NOT_FOUND')
      ? failed(name, 'does not exist', APPLY)
      : await attempted(name, () => Promise.reject(error)),
  ]);

/** Whether the topic exists that commercetools publishes to. */
export const checkTopic = ({ publisher }: Google, { topic }: LaneResources): Promise<Check[]> =>
  existing(
    'topic',
    () => publisher.getTopic({ topic }, ONE_TRY),
    () => [ok('topic', topic)],
  );

/** A subscription that nobody reads is deleted after 31 days, unless it says otherwise. */
const expiry = ({ expirationPolicy }: Subscription): string | undefined => {
  const seconds = Number(expirationPolicy?.ttl?.seconds ?? 0);
  return seconds > 0 ? `is deleted after ${duration(seconds * 1000)} without use` : undefined;
};

/** What is wrong with the way to the function, each part of it a check. */
function sourceChecks(found: Subscription, lane: LaneResources, attemptSeconds: number): Check[] {
  const { topic, ackDeadlineSeconds, deadLetterPolicy } = found;
  const { deadLetterTopic } = lane;
  const ackDeadline = ackDeadlineSeconds ?? 0;
  const set = (option: string) => `gcloud pubsub subscriptions update ${lane.subscription} ${option}`;
  return [
    unless(
      'push subscription',
      [
        topic === lane.topic ? undefined : `is of the topic ${topic}`,
        found.pushConfig?.pushEndpoint ? undefined : 'pushes to nobody',
        found.detached ? 'is detached' : undefined,
        expiry(found),
      ],
      `pushes to ${found.pushConfig?.pushEndpoint}`,
      APPLY,
    ),
    unless(
      'ack deadline',
      [ackDeadline > attemptSeconds ? undefined : `${ackDeadline} s, no more than an attempt's ${attemptSeconds} s`],
      `${ackDeadline} s`,
      `A message is delivered a second time while it is worked on. ${set('--ack-deadline=90')}`,
    ),
    unless(
      'dead-letter policy',
      [
        deadLetterPolicy?.deadLetterTopic === deadLetterTopic
          ? undefined
          : `gives up to ${deadLetterPolicy?.deadLetterTopic || 'nowhere'}, not to ${deadLetterTopic}`,
      ],
      `after ${deadLetterPolicy?.maxDeliveryAttempts} attempts`,
      `A message that keeps failing is lost in the end. ${set(`--dead-letter-topic=${deadLetterTopic} --max-delivery-attempts=100`)}`,
    ),
    checkRetries(found, set('--min-retry-delay=10s --max-retry-delay=600s')),
  ];
}

function checkRetries({ retryPolicy }: Subscription, advice: string): Check {
  const name = 'retry policy';
  const none = 'none: a failed message is tried again at once, and its attempts are used up in seconds';
  if (!retryPolicy) return failed(name, none, advice);
  return ok(name, `pauses of ${retryPolicy.minimumBackoff?.seconds} to ${retryPolicy.maximumBackoff?.seconds} s`);
}

/** What a demand on Pub/Sub comes to in the emulator: with a retry policy it never gives up what fails at the same time. */
const inEmulator = (check: Check): Check =>
  check.name === 'retry policy' && check.status === 'failed'
    ? warning(check.name, 'none, as the emulator gives several messages up without one only')
    : check;

/** Whether messages reach the function in time, again when they fail, and the dead-letter topic at last. */
export const checkSource = (
  read: ReadSubscription,
  lane: LaneResources,
  { attemptSeconds, isEmulator }: { attemptSeconds: number; isEmulator: boolean },
): Promise<Check[]> =>
  existing(
    'push subscription',
    () => read(lane.subscription),
    (found) => sourceChecks(found, lane, attemptSeconds).map((check) => (isEmulator ? inEmulator(check) : check)),
  );

/** Whether what is given up is kept. */
export const checkDeadLetters = (
  read: ReadSubscription,
  { deadLetterSubscription, deadLetterTopic }: LaneResources,
): Promise<Check[]> =>
  existing(
    'dead-letter subscription',
    () => read(deadLetterSubscription),
    (found) => {
      const name = 'dead-letter subscription';
      const days = Number(found.messageRetentionDuration?.seconds ?? 0) / DAY_SECONDS;
      const isOfTopic = found.topic === deadLetterTopic ? undefined : `is of the topic ${found.topic}`;
      const check = unless(name, [isOfTopic, expiry(found)], `keeps messages for ${days} days`, APPLY);
      if (check.status !== 'ok' || days >= 31) return [check];
      return [warning(name, `keeps messages for ${days} days only`, `${APPLY} 31 days is the most.`)];
    },
  );
