import { expect, it } from 'vitest';
import { createWindow } from '../../doubles/pubsub/window.ts';

it('lets so many works be under way, and the others begin in their order as those end, however they end', async () => {
  const inWindow = createWindow(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const works = [0, 1, 2, 3].map((number) =>
    inWindow(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(number);
          ends.push(() => (number === 1 ? reject(new Error('over')) : resolve(number)));
        }),
    ),
  );
  const results = Promise.allSettled(works);
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);

  ends[1]?.();
  await works[1]?.catch(() => {});
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.();
  ends[2]?.();
  await works[0];
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[3]?.();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});
