import { expect, it } from 'vitest';
import { createThrottle } from '../../../../shared/commercetools/scans/throttle.ts';
import { RetryableError } from '../../../../shared/errors.ts';

/** A throttle before a service whose calls end when they are told to. */
function world() {
  const throttle = createThrottle();
  const underWay: { name: number; end: (error?: Error) => void }[] = [];

  /** Returns how many calls are under way once those that waited were let in. */
  async function settled(): Promise<number> {
    await new Promise(setImmediate);
    return underWay.length;
  }

  return {
    names: () => underWay.map(({ name }) => name),
    begin(count: number): Promise<number> {
      for (let name = 1; name <= count; name++) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        const end = (error?: Error) => (error ? reject(error) : resolve());
        const begun = () => {
          underWay.push({ name, end });
          return promise;
        };
        throttle(begun).catch(() => {});
      }
      return settled();
    },
    /** Ends so many calls, the oldest first. */
    end(count: number, error?: Error): Promise<number> {
      for (const { end } of underWay.splice(0, count)) end(error);
      return settled();
    },
  };
}

const refused = (status: number) => new RetryableError('too much', { status });

it('lets two calls in at first, and twice as many each time that all of them succeed, up to 16', async () => {
  const { begin, end } = world();
  expect(await begin(100)).toBe(2);
  expect([await end(2), await end(4), await end(8), await end(16)]).toEqual([4, 8, 16, 16]);
});

it.each([429, 502, 503])('lets half as many in after %i', async (status) => {
  const { begin, end } = world();
  await begin(100);
  for (const count of [2, 4, 8]) await end(count);
  expect(await end(16, refused(status))).toBe(8);
});

it('takes what was refused together for one time too many', async () => {
  const { begin, end } = world();
  await begin(100);
  await end(2);
  expect([await end(4, refused(503)), await end(2), await end(4)]).toEqual([2, 4, 8]);
});

it('always lets one in', async () => {
  const { begin, end } = world();
  await begin(100);
  const counts: number[] = [];
  for (let times = 0; times < 4; times++) counts.push(await end(Number.POSITIVE_INFINITY, refused(429)));
  expect(counts).toEqual([1, 1, 1, 1]);
});

it.each([
  ['a refusal of another kind', refused(500)],
  ['no answer', new RetryableError('no answer', { code: 'ECONNRESET' })],
])('lets as many in as before after %s', async (_, error) => {
  const { begin, end } = world();
  await begin(100);
  expect(await end(2, error)).toBe(2);
});

it('lets in what has waited longest', async () => {
  const { begin, end, names } = world();
  await begin(4);
  expect(names()).toEqual([1, 2]);
  await end(1);
  expect(names()).toEqual([2, 3]);
});

it('gives each call its own result', async () => {
  const throttle = createThrottle();
  const error = new Error('no');
  const results = await Promise.allSettled([throttle(async () => 'yes'), throttle(() => Promise.reject(error))]);
  expect(results).toEqual([
    { status: 'fulfilled', value: 'yes' },
    { status: 'rejected', reason: error },
  ]);
});
