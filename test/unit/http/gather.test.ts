import { expect, it } from 'vitest';
import { currentAttempt, newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { CredentialsError, PermanentError, RetryableError } from '../../../shared/errors.ts';
import { gather } from '../../../shared/http/gather.ts';
import type { Gathering } from '../../../shared/http/gathering.ts';
import { createLimit } from '../../../shared/http/limit.ts';

/** A service that answers each text in capitals, unless told otherwise, and remembers what it was sent. */
function world(options: Partial<Gathering<string, string>> = {}) {
  const requests: string[][] = [];
  const send = gather<string, string>({
    slots: 1,
    most: { items: 10, weight: 1000 },
    weigh: (text) => text.length,
    limit: createLimit(),
    ...options,
    send: async (texts) => {
      requests.push([...texts]);
      await options.send?.(texts);
      return texts.map((text) => text.toUpperCase());
    },
  });
  return { send, requests };
}

const refusing = (bad: string, error: () => Error) => async (texts: readonly string[]) => {
  if (texts.includes(bad)) throw error();
  return [];
};

it('sends a lone item alone', async () => {
  const { send, requests } = world();
  expect(await send('a')).toBe('A');
  expect(requests).toEqual([['a']]);
});

it('sends what comes at once together, each with its own result', async () => {
  const { send, requests } = world();
  expect(await Promise.all(['a', 'b', 'c'].map(send))).toEqual(['A', 'B', 'C']);
  expect(requests).toEqual([['a', 'b', 'c']]);
});

it('gathers what comes while its slots are taken', async () => {
  const gate = Promise.withResolvers<void>();
  const { send, requests } = world({ slots: 2, send: () => gate.promise.then(() => []) });
  const results = ['a', 'b'].map(async (text, turn) => {
    for (let i = 0; i <= turn; i++) await new Promise(setImmediate);
    return send(text);
  });
  await expect.poll(() => requests).toEqual([['a'], ['b']]);
  results.push(send('c'), send('d'));
  await new Promise(setImmediate);
  expect(requests).toHaveLength(2);
  gate.resolve();
  expect(await Promise.all(results)).toEqual(['A', 'B', 'C', 'D']);
  expect(requests).toEqual([['a'], ['b'], ['c', 'd']]);
});

it('sends no more items, and no more weight, than a request takes', async () => {
  const many = world({ most: { items: 2, weight: 1000 } });
  await Promise.all(['a', 'b', 'c'].map(many.send));
  expect(many.requests).toEqual([['a', 'b'], ['c']]);

  const heavy = world({ most: { items: 10, weight: 5 } });
  await Promise.all(['aaa', 'bbb', 'cc', 'dddddddd'].map(heavy.send));
  expect(heavy.requests).toEqual([['aaa', 'cc'], ['bbb'], ['dddddddd']]);
});

it('keeps two items of one name apart', async () => {
  const { send, requests } = world({ slots: 5, nameOf: (text) => text[0] ?? '' });
  await Promise.all(['a1', 'a2', 'b1'].map(send));
  expect(requests).toEqual([['a1', 'b1'], ['a2']]);
});

it('refuses what the service blames, and sends the others again', async () => {
  const { send, requests } = world({
    send: refusing('b', () => new PermanentError('no', { status: 400, pointers: ['1'] })),
    blamed: ({ pointers }) => pointers.map(Number),
  });
  const results = await Promise.allSettled(['a', 'b', 'c'].map(send));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(requests).toEqual([
    ['a', 'b', 'c'],
    ['a', 'c'],
  ]);
});

it('finds out by halves what is to blame where the service does not say', async () => {
  const texts = [...'abcdefgh'];
  const { send, requests } = world({ send: refusing('f', () => new PermanentError('no', { status: 413 })) });
  const results = await Promise.allSettled(texts.map(send));
  expect(results.flatMap(({ status }, index) => (status === 'rejected' ? texts[index] : []))).toEqual(['f']);
  expect(requests.length).toBeLessThanOrEqual(7);
});

it('refuses each of a few where the service does not say what is to blame', async () => {
  const texts = [...'abcdefgh'];
  const { send, requests } = world({ apart: 2, send: refusing('f', () => new PermanentError('no', { status: 400 })) });
  const results = await Promise.allSettled(texts.map(send));
  expect(results.flatMap(({ status }, index) => (status === 'rejected' ? texts[index] : []))).toEqual(['e', 'f']);
  expect(requests.map(({ length }) => length)).toEqual([8, 4, 4, 2, 2]);
});

it('puts what it halved back with nothing that came later', async () => {
  const { send, requests } = world({ send: refusing('a', () => new PermanentError('no', { status: 400 })) });
  const first = Promise.allSettled(['a', 'b', 'c', 'd'].map(send));
  await new Promise(setImmediate);
  await Promise.all(['e', 'f', 'g', 'h'].map(send));
  await first;
  expect(requests.filter((request) => request.includes('a')).map(({ length }) => length)).toEqual([4, 2, 1]);
});

it.each([new RetryableError('down', { status: 503 }), new CredentialsError('no', { status: 401 })])(
  'gives every item what failed for all of them: %s',
  async (error) => {
    const { send } = world({ send: refusing('a', () => error) });
    const attempt = { ...newAttempt(1000), waitsForLimits: false };
    const results = await runAttempt(attempt, () => Promise.allSettled([send('a'), send('b')]));
    expect(results).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ]);
  },
);

it('keeps what was refused for the limit until the limit is over, with what came meanwhile', async () => {
  let isLimited = true;
  const { send, requests } = world({
    send: async () => {
      if (!isLimited) return [];
      isLimited = false;
      throw new RetryableError('too many', { status: 429, retryAfter: 50 });
    },
  });
  const first = send('a');
  await expect.poll(() => requests).toHaveLength(1);
  expect(await Promise.all([first, send('b')])).toEqual(['A', 'B']);
  expect(requests).toEqual([['a'], ['a', 'b']]);
});

it('hands back what has no time left until the limit is over, and keeps the rest', async () => {
  const limit = createLimit();
  const refusal = new RetryableError('too many', { status: 429, retryAfter: 300 });
  let isLimited = true;
  const { send } = world({
    limit,
    send: async () => {
      if (!isLimited) return [];
      isLimited = false;
      throw refusal;
    },
  });
  const short = runAttempt(newAttempt(200), () => send('a'));
  const long = runAttempt(newAttempt(5000), () => send('b'));
  await expect(short).rejects.toBe(refusal);
  await expect(runAttempt(newAttempt(100), () => send('c'))).rejects.toMatchObject({ code: 'DEADLINE' });
  expect(await long).toBe('B');
});

it('sends nothing of an attempt that is over', async () => {
  const gate = Promise.withResolvers<string[]>();
  const { send, requests } = world({ send: () => gate.promise });
  const first = send('a');
  await new Promise(setImmediate);
  const failing = runAttempt(newAttempt(5000), () => Promise.all([send('b'), Promise.reject(new Error('another'))]));
  await expect(failing).rejects.toThrow('another');
  gate.resolve([]);
  await first;
  expect(requests).toEqual([['a']]);
});

it('counts a shared call once, with the first attempt', async () => {
  const { send } = world({
    send: async () => {
      currentAttempt().calls.klaviyo++;
      return [];
    },
  });
  const attempts = [newAttempt(1000), newAttempt(1000)];
  await Promise.all(attempts.map((attempt, index) => runAttempt(attempt, () => send(String(index)))));
  expect(attempts.map(({ calls }) => calls.klaviyo)).toEqual([1, 0]);
});
