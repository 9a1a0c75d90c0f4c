import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidMessageError } from '../../../shared/errors.ts';
import { parseNotification } from '../../../shared/platform-format/payload.ts';
import { envelopeOf, type QueueMessage } from '../../../shared/queues/message.ts';
import { inCloudEventsFormat } from '../../doubles/delivery.ts';
import { fixture } from '../../fixtures/index.ts';

const order = fixture('OrderCreated');
const NOON = Date.parse('2026-06-01T12:00:00Z');

describe('the payload of a message', () => {
  it.each([
    ['a text', JSON.stringify(order)],
    ['what the text says', order],
    ['its bytes', Buffer.from(JSON.stringify(order))],
    ['a CloudEvent', inCloudEventsFormat(order)],
  ])('may be %s', (_, payload) => {
    expect(parseNotification(envelopeOf({ payload }))).toMatchObject({ type: 'OrderCreated', id: order.id });
  });

  it.each([
    ['Base64', Buffer.from(JSON.stringify(order)).toString('base64'), 'a text and no JSON object'],
    ['no JSON', 'lena@example.org', 'a text and no JSON object'],
    ['compressed', Buffer.from('1f8b08', 'hex'), 'a text and no JSON object'],
    ['a batch', [order], 'a list and no JSON object'],
    ['nothing', undefined, 'expected Message'],
  ])('is refused where it is %s, in words and without a value', (_, payload, words) => {
    const envelope = envelopeOf({ payload });
    expect(() => parseNotification(envelope)).toThrow(InvalidMessageError);
    expect(() => parseNotification(envelope)).toThrow(words);
    expect(() => parseNotification(envelope)).not.toThrow('lena');
  });
});

it('whatever is handed over has an envelope', () => {
  const payload = fc.oneof(fc.anything(), fc.json(), fc.string());
  fc.assert(fc.property(payload, (payload) => 'payload' in envelopeOf({ payload }).content));
});

it('what is odd about a delivery is left out, and what the payload says holds', () => {
  const payload = { createdAt: '2026-06-01T11:00:00.000Z' };
  for (const publishedAt of [Number.NaN, 'noon', '2026-06-01T12:00:00Z', null, '', Number.POSITIVE_INFINITY]) {
    const message: QueueMessage = Object.assign({ payload }, Object({ publishedAt, traceparent: 5 }));
    expect(envelopeOf(message)).toMatchObject({ publishedAt: NOON - 3_600_000, traceparent: undefined });
  }
});

describe('the age of a payload', () => {
  it.each([
    ['createdAt', { notificationType: 'Message', createdAt: '2026-06-01T11:00:00.000Z' }],
    ['modifiedAt', { notificationType: 'ResourceUpdated', modifiedAt: '2026-06-01T11:00:00.000Z' }],
    ['the time of a CloudEvent', { specversion: '1.0', time: '2026-06-01T11:00:00.000Z' }],
  ])('is told by %s where a queue has taken it again later', (_, payload) => {
    expect(envelopeOf({ payload, publishedAt: NOON }).publishedAt).toBe(NOON - 3_600_000);
  });

  it('is told by the queue where the payload does not say, or not a time', () => {
    expect(envelopeOf({ payload: {}, publishedAt: NOON }).publishedAt).toBe(NOON);
    expect(envelopeOf({ payload: { createdAt: 'soon' }, publishedAt: NOON }).publishedAt).toBe(NOON);
    expect(envelopeOf({ payload: 'no JSON', publishedAt: NOON }).publishedAt).toBe(NOON);
  });

  it('is told by the queue where the payload is from the future', () => {
    expect(envelopeOf({ payload: { createdAt: '2030-01-01T00:00:00Z' }, publishedAt: NOON }).publishedAt).toBe(NOON);
  });

  it('is unknown where nobody tells', () => {
    expect(envelopeOf({ payload: {} }).publishedAt).toBeUndefined();
  });
});
