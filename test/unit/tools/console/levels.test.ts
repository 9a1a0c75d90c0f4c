import { expect, it } from 'vitest';
import { isDeeperThan } from '../../../../tools/console/levels.ts';

it('counts the levels of what holds others', () => {
  const three = { a: [{ b: 1 }] };
  expect([isDeeperThan(0, 'text'), isDeeperThan(0, null), isDeeperThan(2, three), isDeeperThan(3, three)]).toEqual([
    ...[false, false, true, false],
  ]);
});

it('takes what is too deep for a call a level', () => {
  expect(isDeeperThan(100, JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)))).toBe(true);
});
