import { describe, expect, test } from 'vitest';
import { turns } from '../../../shared/history/turns.ts';

/** A call that is over when it is told to be. */
function heldCall() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const call = { isBegun: false, end: resolve, fail: reject };
  return Object.assign(call, {
    make: () => {
      call.isBegun = true;
      return promise;
    },
  });
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('calls that take turns', () => {
  test('are so many at once, and the next begins when one is over', async () => {
    const inTurn = turns(2);
    const calls = [heldCall(), heldCall(), heldCall()];
    const results = calls.map(({ make }) => inTurn(make));
    expect(calls.map(({ isBegun }) => isBegun)).toEqual([true, true, false]);

    calls[1]?.end('second');
    await settled();
    expect(calls[2]?.isBegun).toBe(true);

    calls[0]?.end('first');
    calls[2]?.end('third');
    expect(await Promise.all(results)).toEqual(['first', 'second', 'third']);
  });

  test('go on after one that fails', async () => {
    const inTurn = turns(1);
    const failing = inTurn(() => Promise.reject(new Error('no')));
    const next = inTurn(async () => 'next');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
  });
});
