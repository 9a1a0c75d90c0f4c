import type { Context, EventBridgeEvent, SNSEvent, SNSMessage, SQSEvent, SQSRecord } from 'aws-lambda';

/** Events of AWS as Lambda's event sources send them; the types are those that AWS's users share. */

const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';
const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:commercetools`;

/** What SQS says of a message besides its body. */
interface SqsOptions {
  messageId?: string;
  receiveCount?: number;
  sentAt?: Date;
  traceparent?: string;
}

/** Returns a message of SQS around a body. */
export function sqsRecord(body: unknown, options: SqsOptions = {}): SQSRecord {
  const { messageId = crypto.randomUUID(), receiveCount = 1, sentAt = new Date(), traceparent } = options;
  return {
    messageId,
    receiptHandle: 'AQEB…',
    body: textOf(body),
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt.getTime()),
      SenderId: 'AIDAEXAMPLE',
      ApproximateFirstReceiveTimestamp: String(sentAt.getTime() + 1),
    },
    messageAttributes: traceparent ? { traceparent: { stringValue: traceparent, dataType: 'String' } } : {},
    md5OfBody: '00000000000000000000000000000000',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:commercetools`,
    awsRegion: REGION,
  };
}

/** Returns a batch of SQS. */
export const sqsEvent = (...records: SQSRecord[]): SQSEvent => ({ Records: records });

/** What SNS says of a message besides its text. */
interface SnsOptions {
  messageId?: string;
  timestamp?: Date;
  traceparent?: string;
}

/** Returns what SNS puts around a message for Lambda. */
export function snsMessage(payload: unknown, options: SnsOptions = {}): SNSMessage {
  const { messageId = crypto.randomUUID(), timestamp = new Date(), traceparent } = options;
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: TOPIC,
    Subject: undefined,
    Message: textOf(payload),
    Timestamp: timestamp.toISOString(),
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertUrl: 'https://sns.example.org/certificate.pem',
    UnsubscribeUrl: 'https://sns.example.org/?Action=Unsubscribe',
    MessageAttributes: traceparent ? { traceparent: { Type: 'String', Value: traceparent } } : {},
  };
}

/** Returns what Lambda is called with for a message of SNS. */
export const snsEvent = (payload: unknown, options?: SnsOptions): SNSEvent => ({
  Records: [
    {
      EventVersion: '1.0',
      EventSource: 'aws:sns',
      EventSubscriptionArn: `${TOPIC}:${crypto.randomUUID()}`,
      Sns: snsMessage(payload, options),
    },
  ],
});

/** Returns what EventBridge puts around a notification of commercetools. */
export const eventBridgeEvent = (
  detail: Record<string, unknown>,
  { id = '', time = new Date() } = {},
): EventBridgeEvent<string, unknown> => ({
  version: '0',
  id,
  'detail-type': String(detail.type ?? detail.notificationType),
  source: 'aws.partner/commercetools.com/demo-shop/klaviyo',
  account: ACCOUNT,
  time: time.toISOString(),
  region: REGION,
  resources: [],
  detail,
});

/** Returns the context of a call that has so many milliseconds left. */
export const lambdaContext = (milliseconds = 60_000): Pick<Context, 'getRemainingTimeInMillis'> => {
  const end = Date.now() + milliseconds;
  return { getRemainingTimeInMillis: () => end - Date.now() };
};

const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));
