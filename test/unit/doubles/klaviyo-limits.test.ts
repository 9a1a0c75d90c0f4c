import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLimiter, enforceLimits, type LimiterOptions } from '../../doubles/klaviyo/limiter.ts';
import { leastSeconds, limitOf } from '../../doubles/klaviyo/limits.ts';
import { routes } from '../../doubles/klaviyo/routes.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

const openApi = process.env.KLAVIYO_OPENAPI;
const operations = routes.map(({ method, path }) => ({ method, path, operation: `${method} ${path}` }));

test.each(operations)('$operation has a limit of its own', ({ operation }) => {
  expect(limitOf(operation)).toEqual({ burst: expect.any(Number), steady: expect.any(Number) });
});

test.skipIf(!openApi)('with KLAVIYO_OPENAPI, each limit is the one of Klaviyo’s own document', () => {
  const { paths } = JSON.parse(readFileSync(openApi ?? '', 'utf8'));
  const documented = operations.map(({ method, path, operation }) => [
    operation,
    paths[path][method.toLowerCase()]['x-klaviyo-ratelimit'],
  ]);
  const ours = operations.map(({ operation }) => {
    const { burst, steady } = limitOf(operation);
    return [operation, { burst: `${burst}/s`, steady: `${steady}/m` }];
  });
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(documented));
});

test('no limit is guessed', () => {
  expect(() => limitOf('POST /api/campaigns')).toThrow('no limit of POST /api/campaigns');
});

test.each([
  ['a second is enough for the burst', 75, 1],
  ['the rest of a minute waits for the next', 751, 60 + 1 / 75],
  ['two minutes and a part', 2000, 120 + 500 / 75],
])('at the least, %s', (_what, calls, seconds) => {
  expect(leastSeconds(calls, { burst: 75, steady: 750 }, 60)).toBeCloseTo(seconds, 6);
});

describe('a limiter', () => {
  const bulk = { method: 'POST', path: '/api/event-bulk-create-jobs' };
  let milliseconds = 0;

  beforeEach(() => {
    milliseconds = 5000;
  });

  const limiter = (options: Partial<LimiterOptions> = {}) =>
    createLimiter({ scale: 1, now: () => milliseconds, ...options });

  /** So many calls at once: which of them were refused, with their Retry-After. */
  const times = (count: number, { limit }: ReturnType<typeof limiter>, request = bulk) =>
    Array.from({ length: count }, () => limit(request)?.refusal).flatMap((refusal, index) =>
      refusal ? [[index, Reflect.get(refusal, 'retryAfter')]] : [],
    );

  test('refuses what is more than the burst until the second is over', () => {
    const one = limiter();

    expect(times(12, one)).toEqual([
      [10, 1],
      [11, 1],
    ]);
    milliseconds += 1000;
    expect(times(10, one)).toEqual([]);
    expect(one.taken.get('POST /api/event-bulk-create-jobs')).toEqual({
      calls: 20,
      refusals: 2,
      most: 20,
      lastAt: 1000,
    });
  });

  test('refuses what is more than the minute takes until the minute is over', () => {
    const one = limiter();
    for (let second = 0; second < 15; second++) {
      expect(times(10, one)).toEqual([]);
      milliseconds += 1000;
    }
    expect(times(1, one)).toEqual([[0, 45]]);
    milliseconds += 45_000;
    expect(times(1, one)).toEqual([]);
  });

  test('shortens a minute and what it takes by the scale', () => {
    const one = limiter({ scale: 20 });

    expect(times(9, one)).toEqual([[8, 3]]);
  });

  test('counts each operation by itself, whatever the id and the query', () => {
    const one = limiter();
    const patch = (id: string) => ({ method: 'PATCH', path: `/api/profiles/${id}?fields[profile]=email` });

    times(70, one, patch('a'));
    expect(times(6, one, patch('b'))).toEqual([[5, 1]]);
    expect(times(1, one, { method: 'GET', path: '/api/profiles/a' })).toEqual([]);
    expect(times(1, one, { method: 'PATCH', path: '/api/catalog-items/a/relationships/categories' })).toEqual([]);
    expect([...one.taken.keys()]).toEqual([
      ...['PATCH /api/profiles/{id}', 'GET /api/profiles/{id}'],
      'PATCH /api/catalog-items/{id}/relationships/categories',
    ]);
  });

  test('tells what is left of the minute', () => {
    const one = limiter();
    milliseconds += 17_500;

    expect(times(3, one)).toEqual([]);
    expect(one.limit(bulk)).toEqual({
      headers: { 'RateLimit-Limit': '150', 'RateLimit-Remaining': '146', 'RateLimit-Reset': '43' },
    });
  });

  test('tells of the window that is closer to its end, if Klaviyo should do so', () => {
    const one = limiter({ headers: 'closest', scale: 20 });
    const policy = '10;w=1, 8;w=60';

    expect(one.limit(bulk)?.headers).toEqual({
      ...{ 'RateLimit-Limit': `8, ${policy}`, 'RateLimit-Remaining': '7', 'RateLimit-Reset': '3' },
    });
    expect(limiter({ headers: 'closest' }).limit(bulk)?.headers).toEqual({
      ...{ 'RateLimit-Limit': '10, 10;w=1, 150;w=60', 'RateLimit-Remaining': '9', 'RateLimit-Reset': '1' },
    });
  });

  test('leaves alone what it is not for, and what is not Klaviyo’s', () => {
    const one = limiter({ operations: ['POST /api/events'] });

    expect(one.limit(bulk)).toBeUndefined();
    expect(limiter().limit({ method: 'GET', path: '/-/state' })).toBeUndefined();
  });
});

describe('a server with limits', () => {
  let klaviyo: KlaviyoStandIn;

  beforeAll(async () => {
    klaviyo = await startKlaviyo();
  });
  beforeEach(() => klaviyo.reset());
  afterAll(() => klaviyo.stop());

  const merge = () => {
    const headers = { authorization: `Klaviyo-API-Key ${klaviyo.apiKey}`, revision: '2026-07-15' };
    return fetch(`${klaviyo.url}/api/profile-merge`, { method: 'POST', headers });
  };
  const left = ({ headers }: Response) => headers.get('ratelimit-remaining');

  test('tells what is left on every answer but a 429, until it is reset', async () => {
    enforceLimits(klaviyo.faults, 60, { now: () => 0 });
    klaviyo.faults.add({ after: 1, effect: { kind: 'status', status: 503 } });
    const answers = [await merge(), await merge(), await merge(), await merge()];

    expect(answers.map(({ status }) => status)).toEqual([400, 503, 400, 429]);
    expect(answers.map(left)).toEqual(['2', '1', '0', null]);
    expect(answers[3]?.headers.get('retry-after')).toBe('1');
    klaviyo.reset();
    expect(left(await merge())).toBeNull();
  });

  test('does not tell what is left with a 429 that is a fault', async () => {
    enforceLimits(klaviyo.faults, 1);
    klaviyo.faults.add({ effect: { kind: 'status', status: 429, retryAfter: 60 } });

    expect(left(await merge())).toBeNull();
  });

  test('says so when it does not know the limit', async () => {
    enforceLimits(klaviyo.faults, 1);
    const answer = await fetch(`${klaviyo.url}/api/campaigns`);

    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('no limit of GET /api/campaigns');
  });
});
