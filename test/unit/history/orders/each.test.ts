import { expect, it } from 'vitest';
import { forEach } from '../../../../shared/history/orders/each.ts';
import { rejectionOf } from '../../support.ts';

it('work is begun in order, and only so much of it is under way at once', async () => {
  const begun: number[] = [];
  let [underWay, most] = [0, 0];
  await forEach([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    underWay--;
  });
  expect({ begun, most }).toEqual({ begun: [1, 2, 3, 4, 5], most: 2 });
});

it('after a failure nothing is begun, and what is under way is finished', async () => {
  const [begun, finished]: [number[], number[]] = [[], []];
  const failure = new Error('the second fails');
  const running = forEach([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 2) throw failure;
    await new Promise(setImmediate);
    finished.push(item);
  });
  expect(await rejectionOf(running)).toBe(failure);
  expect({ begun, finished }).toEqual({ begun: [1, 2], finished: [1] });
});

it('of a source no more is asked for than is worked on, and after a failure the source is closed', async () => {
  const told: string[] = [];
  async function* source() {
    try {
      for (const item of [1, 2, 3, 4]) {
        told.push(`asked for ${item}`);
        yield item;
      }
    } finally {
      told.push('closed');
    }
  }
  const running = forEach(source(), 1, async (item) => {
    told.push(`works on ${item}`);
    if (item === 2) throw new Error('the second fails');
  });
  await expect(running).rejects.toThrow('the second fails');
  expect(told).toEqual(['asked for 1', 'works on 1', 'asked for 2', 'works on 2', 'closed']);
});
