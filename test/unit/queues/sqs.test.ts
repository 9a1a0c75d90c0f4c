import { describe, expect, it } from 'vitest';
import { sqsEvent as schema } from '../../../shared/queues/aws/sqs.ts';
import { eventBridgeEvent, snsMessage, sqsEvent, sqsRecord } from '../../doubles/aws-events.ts';
import { fixture } from '../../fixtures/index.ts';

const order = fixture('OrderCreated');
const text = JSON.stringify(order);
const NOON = new Date('2026-06-01T12:00:00Z');
const EARLIER = new Date('2026-06-01T11:00:00Z');
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const OTHER = '00-11111111111111111111111111111111-2222222222222222-01';

const open = (body: unknown, options = {}) =>
  schema.parse(sqsEvent(sqsRecord(body, { messageId: 'm', receiveCount: 3, sentAt: NOON, ...options })))[0];

describe('a message of SQS', () => {
  it('is opened with its id, time, count and trace', () => {
    expect(open(text, { traceparent: TRACE })).toEqual({
      id: 'm',
      publishedAt: NOON.getTime(),
      attempt: 3,
      traceparent: TRACE,
      payload: text,
    });
  });

  it('may hold what SNS puts around the payload', () => {
    const body = snsMessage(order, { timestamp: EARLIER, traceparent: OTHER });
    const inside = { publishedAt: EARLIER.getTime(), traceparent: OTHER, payload: text };
    expect(open(body, { traceparent: TRACE })).toEqual({ id: 'm', attempt: 3, ...inside });
  });

  it('may hold what EventBridge puts around the payload', () => {
    const inside = { publishedAt: EARLIER.getTime(), traceparent: TRACE, payload: order };
    const opened = open(eventBridgeEvent(order, { time: EARLIER }), { traceparent: TRACE });
    expect(opened).toEqual({ id: 'm', attempt: 3, ...inside });
  });

  it.each(['no JSON', '{"Type":"SubscriptionConfirmation","Message":"{}"}', '[]', ''])('keeps %j as it is', (body) => {
    expect(open(body)).toMatchObject({ payload: body });
  });

  it('is opened although what SQS says of it is odd', () => {
    const record = {
      ...sqsRecord(text, { messageId: 'm' }),
      attributes: { ApproximateReceiveCount: 'often', SentTimestamp: '' },
      messageAttributes: { traceparent: { stringValue: 'odd' } },
    };
    expect(schema.parse({ Records: [record] })).toEqual([
      { id: 'm', publishedAt: undefined, attempt: undefined, traceparent: undefined, payload: text },
    ]);
  });
});

it('a batch is none of SQS where a message has no id to be told by, or where there is none', () => {
  const { messageId, ...nameless } = sqsRecord(text);
  expect(schema.safeParse({ Records: [sqsRecord(text), nameless] }).success).toBe(false);
  expect(schema.safeParse({ Records: [] }).success).toBe(false);
});
