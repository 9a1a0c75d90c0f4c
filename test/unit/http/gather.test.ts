import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
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

it('lets no request that hangs hold up the others until its time is over', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { send, requests } = world({ send: async ([text]) => (text === 'a' ? new Promise(() => {}) : []) });
  void send('a');
  await new Promise(setImmediate);
  const other = send('b');
  await new Promise(setImmediate);
  expect(requests).toEqual([['a']]);
  vi.advanceTimersByTime(2000);
  expect(await other).toBe('B');
});

it('lets a request keep its slot however long it takes where it is repeated until it is taken', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { send, requests } = world({ persists: true, send: () => new Promise(() => {}) });
  void send('a');
  await new Promise(setImmediate);
  void send('b');
  vi.advanceTimersByTime(3_600_000);
  await new Promise(setImmediate);
  expect(requests).toEqual([['a']]);
});

it.each([429, 503])('asks nobody again for what has been repeated until it was given up: %i', async (status) => {
  const error = new RetryableError('no', { status });
  const { send, requests } = world({ persists: true, send: () => Promise.reject(error) });
  const results = await Promise.allSettled(['a', 'b', 'c'].map(send));
  expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual([error, error, error]);
  expect(requests).toEqual([['a', 'b', 'c']]);
});

it('sends no more items, and no more weight, than a request takes', async () => {
  const many = world({ most: { items: 2, weight: 1000 } });
  await Promise.all(['a', 'b', 'c'].map(many.send));
  expect(many.requests).toEqual([['a', 'b'], ['c']]);

  const heavy = world({ most: { items: 10, weight: 5 } });
  await Promise.all(['aaa', 'bbb', 'cc', 'dddddddd'].map(heavy.send));
  expect(heavy.requests).toEqual([['aaa', 'cc'], ['bbb'], ['dddddddd']]);
});

it('counts an item for as many as it stands for', async () => {
  const { send, requests } = world({ most: { items: 5, weight: 1000 }, count: (text) => text.length });
  await Promise.all(['aaa', 'bbb', 'cc', 'dddddddd'].map(send));
  expect(requests).toEqual([['aaa', 'cc'], ['bbb'], ['dddddddd']]);
});

it('keeps two items apart that share a name', async () => {
  const { send, requests } = world({ slots: 5, namesOf: (text) => [...text] });
  await Promise.all(['ab', 'bc', 'de'].map(send));
  expect(requests).toEqual([['ab', 'de'], ['bc']]);
});

it('waits for a request to be full, but no longer than it is told to after the last item', async () => {
  const { send, requests } = world({ slots: 5, most: { items: 3, weight: 1000 }, lingers: 300 });
  const first = ['a', 'b'].map(send);
  await setTimeout(100);
  expect(requests).toEqual([]);
  const others = ['c', 'd'].map(send);
  await Promise.all([...first, others[0]]);
  expect(requests).toEqual([['a', 'b', 'c']]);
  await Promise.all(others);
  expect(requests).toEqual([['a', 'b', 'c'], ['d']]);
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

it('makes requests smaller that a gateway finds too large', async () => {
  const tooLarge = new RetryableError('too large', { status: 413 });
  const { send, requests } = world({
    send: (texts) => (texts.length > 2 ? Promise.reject(tooLarge) : Promise.resolve([])),
  });
  expect(await Promise.all([...'abcd'].map(send))).toEqual([...'ABCD']);
  expect(requests.map(({ length }) => length)).toEqual([4, 2, 2]);

  const alone = world({ send: refusing('a', () => tooLarge) });
  const attempt = newAttempt(1000);
  await expect(runAttempt(attempt, () => alone.send('a'))).rejects.toBe(tooLarge);
});

it('puts what it halved back with nothing that came later', async () => {
  const { send, requests } = world({ send: refusing('a', () => new PermanentError('no', { status: 400 })) });
  const first = Promise.allSettled(['a', 'b', 'c', 'd'].map(send));
  await new Promise(setImmediate);
  await Promise.all(['e', 'f', 'g', 'h'].map(send));
  await first;
  expect(requests.filter((request) => request.includes('a')).map(({ length }) => length)).toEqual([4, 2, 1]);
});

it('gives every item what failed for all of them', async () => {
  const error = new CredentialsError('no', { status: 401 });
  const { send, requests } = world({ send: refusing('a', () => error) });
  const results = await Promise.allSettled([send('a'), send('b')]);
  expect(results).toEqual([
    { status: 'rejected', reason: error },
    { status: 'rejected', reason: error },
  ]);
  expect(requests).toHaveLength(1);
});

it('lets an item at which the service stumbles cost no other', async () => {
  const error = new RetryableError('down', { status: 503 });
  const { send } = world({ send: refusing('c', () => error) });
  const results = await Promise.allSettled([...'abcd'].map(send));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(results[2]).toEqual({ status: 'rejected', reason: error });
});

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

it('blames for a refusal nobody who has no time to be sent without those to blame', async () => {
  const limit = createLimit();
  const refuse = refusing('b', () => new PermanentError('no', { status: 400 }));
  const { send } = world({
    limit,
    send: (texts) => {
      limit.isReached(new RetryableError('too many', { status: 429, retryAfter: 60_000 }));
      return refuse(texts);
    },
  });
  const results = runAttempt(newAttempt(5000), () => Promise.all([send('a'), send('b')]));
  await expect(results).rejects.toMatchObject({ name: 'RetryableError', code: 'DEADLINE' });
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
