import { describe, expect, test } from 'vitest';
import { type Letter, toLetter } from '../../../tools/operator/dead-letter/letter.ts';
import { createProgress } from '../../../tools/operator/dead-letter/progress.ts';
import type { Queue } from '../../../tools/operator/dead-letter/queue.ts';
import { replay } from '../../../tools/operator/dead-letter/replay.ts';

const letters = (count: number): Letter[] =>
  Array.from({ length: count }, (_, index) => toLetter({ messageId: String(index) }));

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
    expect(written(true, [[1, 2]])).toEqual([`\r[${'#'.repeat(15)}${'-'.repeat(15)}] 1/2`, '\n']);
  });

  test('is a line for every hundred elsewhere', () => {
    const steps = Array.from({ length: 250 }, (_, index): [number, number] => [index + 1, 300]);

    expect(written(false, steps)).toEqual(['100 of 300 so far replayed\n', '200 of 300 so far replayed\n']);
  });
});
