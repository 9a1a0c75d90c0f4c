import pMap from 'p-map';
import type { Receive } from '../receiver.ts';
import { eventBridgeEvent } from './event-bridge.ts';
import { snsEvent } from './sns.ts';
import { sqsEvent } from './sqs.ts';

/** Milliseconds of a call that are kept for its answer. */
const ANSWER_MILLISECONDS = 1000;
/** As many as an instance of the Google function works on at once. */
const AT_ONCE = 40;

/** What is used of Lambda's context: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Which messages of a batch are to be delivered again; SQS deletes the others. */
interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

/**
 * Returns the handler of an AWS Lambda function behind SQS, SNS or EventBridge. Each message of a batch of SQS is by itself: the
 * answer names those that failed. Where all of them failed the handler throws what was thrown first, so that a function whose
 * queue does not ask for that answer (`ReportBatchItemFailures`) loses nothing with a batch size of 1. What was called with
 * nothing of the three, such as a rule's `detail` alone, is taken for a payload.
 */
export function lambdaHandler(receive: Receive) {
  return async (event: unknown, context: LambdaContext): Promise<BatchAnswer | undefined> => {
    const timeLeft = () => context.getRemainingTimeInMillis() - ANSWER_MILLISECONDS;
    const batch = sqsEvent.safeParse(event).data;
    if (batch) return answerTo(batch, (message) => receive(message, timeLeft()));
    const messages = snsEvent.safeParse(event).data ?? [eventBridgeEvent.safeParse(event).data ?? { payload: event }];
    for (const message of messages) await receive(message, timeLeft());
    return undefined;
  };
}

async function answerTo<T extends { id: string }>(
  batch: T[],
  take: (message: T) => Promise<void>,
): Promise<BatchAnswer> {
  const errors = new Map<string, unknown>();
  const takeOne = (message: T) => take(message).catch((error: unknown) => errors.set(message.id, error));
  await pMap(batch, takeOne, { concurrency: AT_ONCE });
  if (errors.size === batch.length) throw errors.values().next().value;
  return { batchItemFailures: [...errors.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
}
