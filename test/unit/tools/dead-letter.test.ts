import { describe, expect, test } from 'vitest';
import { type Letter, likelyReason, subjectOf, toLetter, toPush } from '../../../tools/dead-letter/letter.ts';
import { bar, createProgress } from '../../../tools/dead-letter/progress.ts';
import type { Queue } from '../../../tools/dead-letter/queue.ts';
import { replay } from '../../../tools/dead-letter/replay.ts';
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

const letters = (count: number): Letter[] =>
  Array.from({ length: count }, (_, index) => ({ ...toLetter(pulled('')), id: String(index) }));

/** A queue of batches that remembers what was acknowledged. */
function queueOf(...batches: Letter[][]) {
  const acknowledged: string[] = [];
  const queue: Queue = {
    async *batches() {
      yield* batches;
    },
    async acknowledge({ id }) {
      acknowledged.push(id);
    },
    async release() {},
  };
  return { queue, acknowledged };
}

const options = {
  isWanted: () => true,
  limit: Number.POSITIVE_INFINITY,
  publish: async () => {},
  stop: new AbortController().signal,
  onProgress: () => {},
};

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
    expect(likelyReason({ outcome, reason, writes: [{ kind: 'deleteItem', id: '1' }], warnings: [] })).toBe(text);
  });
});

describe('a replay', () => {
  test('acknowledges what was published, and only after it', async () => {
    const { queue, acknowledged } = queueOf(letters(3));
    const published: string[] = [];
    const publish = async ({ id }: Letter) => {
      expect(acknowledged).not.toContain(id);
      published.push(id);
    };

    expect(await replay({ ...options, queue, publish })).toBe(3);
    expect(acknowledged.sort()).toEqual(published.sort());
  });

  test('does not acknowledge what could not be published', async () => {
    const { queue, acknowledged } = queueOf(letters(1));

    await expect(
      replay({ ...options, queue, publish: () => Promise.reject(new Error('no permission')) }),
    ).rejects.toThrow('no permission');
    expect(acknowledged).toEqual([]);
  });

  test('stops at its limit, over batches', async () => {
    const { queue, acknowledged } = queueOf(letters(3), letters(3), letters(3));

    expect(await replay({ ...options, queue, limit: 5 })).toBe(5);
    expect(acknowledged).toHaveLength(5);
  });

  test('leaves alone what is not wanted', async () => {
    const { queue, acknowledged } = queueOf(letters(4));

    await replay({ ...options, queue, isWanted: ({ id }) => id === '2' });

    expect(acknowledged).toEqual(['2']);
  });

  test('starts nothing more when it is told to stop', async () => {
    const { queue, acknowledged } = queueOf(letters(100), letters(100));
    const stop = new AbortController();
    const publish = async () => stop.abort();

    await replay({ ...options, queue, publish, stop: stop.signal });

    expect(acknowledged.length).toBeLessThanOrEqual(20);
  });

  test('tells how far it is', async () => {
    const seen: [number, number][] = [];

    await replay({ ...options, queue: queueOf(letters(2)).queue, onProgress: (...step) => seen.push(step) });

    expect(seen).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });
});

describe('the progress', () => {
  const written = (isTTY: boolean, steps: [number, number][]) => {
    const texts: string[] = [];
    const progress = createProgress({ isTTY, write: (text: string | Uint8Array) => texts.push(String(text)) > 0 });
    for (const [done, found] of steps) progress.update(done, found);
    progress.end();
    return texts;
  };

  test('is a bar on a terminal', () => {
    expect(bar(0, 0)).toBe(`[${'-'.repeat(30)}] 0/0`);
    expect(written(true, [[1, 2]])).toEqual([`\r[${'#'.repeat(15)}${'-'.repeat(15)}] 1/2`, '\n']);
  });

  test('is a line for every hundred elsewhere', () => {
    const steps = Array.from({ length: 250 }, (_, index): [number, number] => [index + 1, 300]);

    expect(written(false, steps)).toEqual(['100 of 300 so far replayed\n', '200 of 300 so far replayed\n']);
  });
});
