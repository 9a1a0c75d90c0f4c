import { describe, expect, test } from 'vitest';
import { likelyReason, subjectOf, toLetter, toPush } from '../../../tools/operator/dead-letter/letter.ts';
import { fixture } from '../../fixtures/index.ts';

const pulled = (content: unknown) => ({
  messageId: '42',
  data: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  attributes: {
    origin: 'test',
    CloudPubSubDeadLetterSourceDeliveryCount: '100',
    CloudPubSubDeadLetterSourceSubscription: 'klaviyo-sync-push',
    CloudPubSubDeadLetterSourceTopicPublishTime: '2026-01-01T00:00:00Z',
  },
  publishTime: { seconds: '1767312000' },
});

describe('a dead letter', () => {
  test('tells its attempts, its first publishing and its own attributes', () => {
    expect(toLetter(pulled('x'))).toMatchObject({
      id: '42',
      attributes: { origin: 'test' },
      attempts: 100,
      source: 'klaviyo-sync-push',
      publishedAt: Date.parse('2026-01-01T00:00:00Z'),
      givenUpAt: 1767312000_000,
    });
  });

  test('is as old as its publishing when Pub/Sub does not say more', () => {
    const letter = toLetter({ messageId: '1', publishTime: { seconds: '1767312000' } });

    expect(letter).toMatchObject({ attempts: undefined, source: undefined, publishedAt: 1767312000_000 });
  });

  test('is pushed as it was published', () => {
    expect(toPush(toLetter(pulled('text'))).message).toEqual({
      data: Buffer.from('text').toString('base64'),
      messageId: '42',
      publishTime: '2026-01-01T00:00:00.000Z',
    });
  });

  test.each([
    ['OrderCreated', ['OrderCreated', 'order 0de50000-0000-4000-8000-000000000001']],
    ['CloudEvents.OrderCreated', ['OrderCreated', 'order 0de50000-0000-4000-8000-000000000001']],
    ['ResourceUpdated.customer', ['ResourceUpdated', 'customer c0500000-0000-4000-8000-000000000005']],
  ])('is known by type and resource: %s', (name, subject) => {
    expect(subjectOf(toLetter(pulled(fixture(name))))).toEqual(subject);
  });

  test('that cannot be read is known by nothing', () => {
    expect(subjectOf(toLetter(pulled('{')))).toEqual(['?', '?']);
  });

  test.each([
    ['failed', 'RetryableError: no order', 'RetryableError: no order'],
    ['gone', 'the resource is gone', 'would be acknowledged now: the resource is gone'],
    ['ignored', undefined, 'would be ignored now'],
    ['writes', undefined, 'would go through now, unless Klaviyo refuses it (1 write)'],
  ] as const)('whose plan is %s has a likely reason', (outcome, reason, text) => {
    const plan = { writes: [{ kind: 'deleteItem' as const, id: '1' }], warnings: [], adjusted: [] };
    expect(likelyReason({ outcome, reason, ...plan })).toBe(text);
  });
});
