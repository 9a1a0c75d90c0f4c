import * as z from 'zod';
import { lenient, traceparent } from '../../platform-format/envelope.ts';
import { number, parsed, type QueueMessage } from '../message.ts';
import { eventBridgeEvent } from './event-bridge.ts';
import { snsNotification } from './sns.ts';

/** Numbers are texts here. Times are milliseconds since the epoch. */
const record = z.looseObject({
  eventSource: z.literal('aws:sqs'),
  messageId: z.string(),
  body: z.string(),
  attributes: lenient(z.looseObject({ ApproximateReceiveCount: number, SentTimestamp: number })),
  messageAttributes: lenient(z.looseObject({ traceparent: lenient(z.looseObject({ stringValue: traceparent })) })),
});

/** A message of SQS; its id is what a failure is told by. */
type SqsMessage = QueueMessage & { id: string };

/** What Lambda is called with for a batch of SQS: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export const sqsEvent = z
  .looseObject({ Records: z.array(record).min(1) })
  .transform(({ Records }) => Records.map(messageOf));

/** What is known of the body goes before what is known of the queue: SNS and EventBridge have taken the message before. */
function messageOf({ messageId, body, attributes, messageAttributes }: z.output<typeof record>): SqsMessage {
  const inside = insideOf(body);
  return {
    id: messageId,
    publishedAt: inside.publishedAt ?? attributes?.SentTimestamp,
    attempt: attributes?.ApproximateReceiveCount,
    traceparent: inside.traceparent ?? messageAttributes?.traceparent?.stringValue,
    payload: inside.payload,
  };
}

/** The body is the payload itself, or what SNS or a rule of EventBridge have put around it. */
const insideOf = (body: string): QueueMessage =>
  z.union([snsNotification, eventBridgeEvent]).safeParse(parsed(body)).data ?? { payload: body };
