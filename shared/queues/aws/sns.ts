import * as z from 'zod';
import { lenient, time, traceparent } from '../../platform-format/envelope.ts';
import type { QueueMessage } from '../message.ts';

/** An attribute is `{ Type, Value }`. */
const attributes = lenient(z.looseObject({ traceparent: lenient(z.looseObject({ Value: traceparent })) }));

/**
 * What SNS makes of a message that is published, for Lambda and, unless raw delivery is on, for SQS:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export const snsNotification = z
  .looseObject({
    Type: z.literal('Notification'),
    TopicArn: z.string(),
    MessageId: z.string(),
    Message: z.string(),
    Timestamp: time,
    MessageAttributes: attributes,
  })
  .transform(
    ({ MessageId, Message, Timestamp, MessageAttributes }): QueueMessage => ({
      id: MessageId,
      publishedAt: Timestamp,
      traceparent: MessageAttributes?.traceparent?.Value,
      payload: Message,
    }),
  );

/** What Lambda is called with for SNS: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export const snsEvent = z
  .looseObject({ Records: z.array(z.looseObject({ EventSource: z.literal('aws:sns'), Sns: snsNotification })).min(1) })
  .transform(({ Records }) => Records.map(({ Sns }) => Sns));
