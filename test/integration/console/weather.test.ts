import { afterEach, describe, expect, it } from 'vitest';
import type { BurstAnswer, FlowPage, FunctionState, Overview, Samples, Weather } from '../../../tools/console/api.ts';
import { eventually } from '../../doubles/eventually.ts';
import { consoleForAll } from './support.ts';

const { act, api, ask, detail, flow, settled, world } = consoleForAll();

const FINE = { isDown: false, latency: 0, failOneIn: 0, loseOneIn: 0 };
const weather = (klaviyo: Partial<Weather['klaviyo']>, commercetools: Partial<Weather['commercetools']> = {}) =>
  api<Weather>('PUT', '/api/weather', {
    klaviyo: { ...FINE, limits: 0, ...klaviyo },
    commercetools: { ...FINE, ...commercetools },
  });
const press = (quantity: number) =>
  api<{ messageIds: string[] }>('POST', '/api/shop/change-stock', { sku: 'JEANS-IND-27', quantity });
const process = async (): Promise<FunctionState> => (await api<Overview>('GET', '/api/overview')).process;

/** Waits until the function is up, and gives its process. */
const processUp = () =>
  eventually(async () => {
    const now = await process();
    return now.isUp ? now : undefined;
  }, 'the process');

/** Waits until a message has failed, and the log has told why: the answer comes before its line. */
const failing = (messageId = '') =>
  eventually(async () => {
    const { row } = await detail(messageId);
    return row.outcome === 'failed' && row.error !== undefined ? row : undefined;
  }, 'a failure');

async function burst(orders: number) {
  await api<BurstAnswer>('POST', '/api/weather/burst', { orders });
  return eventually(async () => {
    const page = await api<FlowPage>('GET', '/api/flow?filter=burst&limit=2000');
    const isOver = page.rows.length === page.total && page.rows.every(({ outcome }) => outcome === 'synced');
    return page.total === orders && isOver ? page.rows : undefined;
  }, 'the burst');
}

afterEach(async () => {
  await weather({});
  await act('reset', {});
});

it('what comes while Klaviyo is down waits, says why, and arrives afterwards', async () => {
  expect(await weather({ isDown: true })).toMatchObject({ klaviyo: { isDown: true } });
  expect(await api<Weather>('GET', '/api/weather')).toMatchObject({ klaviyo: { isDown: true, limits: 0 } });
  const { messageIds } = await press(5);
  const row = await failing(messageIds[0]);
  expect(row).toMatchObject({ error: expect.stringContaining('RetryableError') });

  await weather({});
  const [settledRow] = await settled(messageIds);
  expect(settledRow).toMatchObject({ outcome: 'synced' });
  expect(settledRow).not.toHaveProperty('error');
  const { attempts } = await detail(messageIds[0] ?? '');
  expect(attempts.length).toBeGreaterThan(1);
  expect(attempts[0]?.calls.map(({ service, status }) => [service, status])).toContainEqual(['klaviyo', 503]);
  expect(attempts.at(-1)).toMatchObject({ status: 204, log: { outcome: 'synced' } });
});

it('so does what comes while commercetools is down', async () => {
  await weather({}, { isDown: true });
  const { messageIds } = await press(6);
  await failing(messageIds[0]);
  await weather({});
  expect(await settled(messageIds)).toMatchObject([{ outcome: 'synced' }]);
});

it('calls that fail, and replies that are lost, are seen and made good', async () => {
  await weather({ failOneIn: 3, loseOneIn: 4, latency: 20 });
  const answers = [];
  for (const quantity of [1, 2, 3, 4]) answers.push(await act('change-stock', { sku: 'JEANS-IND-27', quantity }));
  expect(answers.flatMap(({ rows }) => rows.map(({ outcome }) => outcome))).toEqual(Array(4).fill('synced'));
  const details = await Promise.all(answers.flatMap(({ messageIds }) => messageIds.map(detail)));
  const calls = details.flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.calls));
  const ofKlaviyo = calls.filter(({ service }) => service === 'klaviyo');
  expect(ofKlaviyo.map(({ status }) => status)).toEqual(expect.arrayContaining([503, undefined]));
  expect(Math.max(...ofKlaviyo.map(({ milliseconds }) => milliseconds))).toBeGreaterThanOrEqual(20);
});

it('a process that is killed is replaced, and what it worked on is delivered again', async () => {
  const before = await process();
  await weather({ latency: 1500 });
  const { messageIds } = await press(9);
  await eventually(
    async () => (await detail(messageIds[0] ?? '')).row.outcome === 'running' || undefined,
    'the attempt',
  );
  expect(await api<FunctionState>('POST', '/api/weather/kill')).toMatchObject({ isUp: false });
  await weather({});
  expect(await settled(messageIds)).toMatchObject([{ outcome: 'synced' }]);
  const [first] = (await detail(messageIds[0] ?? '')).attempts;
  expect(first).toMatchObject({ failure: 'the function ended before it answered' });
  const after = await processUp();
  expect(after.restarts).toBe(before.restarts + 1);
  expect(after.pid).not.toBe(before.pid);
});

it('a process that somebody else ends is replaced, too', async () => {
  const before = await processUp();
  globalThis.process.kill(before.pid ?? 0, 'SIGKILL');
  await eventually(async () => (await process()).pid !== before.pid || undefined, 'the next process');
  const { messageIds } = await press(8);
  expect(await settled(messageIds)).toMatchObject([{ outcome: 'synced' }]);
  expect((await processUp()).restarts).toBe(before.restarts + 1);
});

it('two who press at once kill one process', async () => {
  const before = await processUp();
  const kill = () => api<FunctionState>('POST', '/api/weather/kill');
  await Promise.all([kill(), kill()]);
  expect((await processUp()).restarts).toBe(before.restarts + 1);
});

describe('a burst', () => {
  it('that is in the middle when all starts over leaves nothing behind', async () => {
    await api<BurstAnswer>('POST', '/api/weather/burst', { orders: 300 });
    await eventually(() => world().klaviyo.eventsOf('Placed Order').length > 0 || undefined, 'the first order');
    await act('reset', {});
    const { counts } = await api<Overview>('GET', '/api/overview');
    expect(counts).toEqual({ messages: 0, backlog: 0, deadLetters: 0, profiles: 0, events: 0, items: 0, orders: 10 });
    // What was still on its way would be here by the time that one more has come and gone.
    await act('place-order', {});
    const later = await api<Overview>('GET', '/api/overview');
    expect(later.counts).toMatchObject({ messages: 2, orders: 11, events: 2 });
  });

  it('of some hundreds arrives, every order of it', async () => {
    const rows = await burst(300);
    expect(rows.every(({ type, attempts }) => type === 'OrderCreated' && attempts >= 1)).toBe(true);
    expect(world().klaviyo.eventsOf('Placed Order')).toHaveLength(300);
    // A second is told when it is over: the last one may be one in which messages still waited.
    const { samples } = await eventually(async () => {
      const all = await api<Samples>('GET', '/api/samples');
      const acknowledged = all.samples.reduce((sum, second) => sum + second.acknowledged, 0);
      return acknowledged >= 300 && all.samples.at(-1)?.backlog === 0 ? all : undefined;
    }, 'the last second');
    expect(Math.max(...samples.map(({ published }) => published))).toBeGreaterThan(0);
    expect(world().klaviyo.requests.length).toBeLessThan(2000);
  });

  it('goes in bulk when Klaviyo limits single events, and each message shows the request that carried its own', async () => {
    const { faults } = world().klaviyo;
    const of = (path: string) => (request: { method: string; path: string }) =>
      request.method === 'POST' && request.path.startsWith(path);
    faults.add({ match: of('/api/events'), times: Infinity, effect: { kind: 'status', status: 429, retryAfter: 60 } });
    // What comes while a request is under way waits for the next one.
    faults.add({ match: of('/api/event-bulk'), times: Infinity, effect: { kind: 'slow', milliseconds: 300 } });
    const rows = await burst(60);
    const shared = rows.find(({ events }) => events?.bulk === 2 && events.bulkRequests === 0);
    expect(shared).toBeDefined();
    const { attempts } = await detail(shared?.messageId ?? '');
    const calls = attempts.flatMap((attempt) => attempt.calls).filter(({ isShared }) => isShared);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.every(({ path }) => path.startsWith('/api/event-bulk-create-jobs'))).toBe(true);
    expect(world().klaviyo.eventsOf('Placed Order')).toHaveLength(60);
  });

  it('is of a sensible size', async () => {
    for (const orders of [0, 10_001, 1.5, 'many'])
      expect(await ask('POST', '/api/weather/burst', { orders })).toMatchObject({
        status: 400,
        body: { where: 'orders' },
      });
    expect((await flow()).total).toBe(0);
  });
});

it('Klaviyo limits its calls as really, until it is told not to', async () => {
  const { url: account, apiKey } = world().klaviyo;
  const headers = { authorization: `Klaviyo-API-Key ${apiKey}`, revision: '2026-07-15' };
  const statuses = async () => {
    const calls = Array.from({ length: 4 }, () => fetch(`${account}/api/accounts`, { headers }));
    return (await Promise.all(calls)).map(({ status }) => status);
  };
  expect(await statuses()).toEqual([200, 200, 200, 200]);
  await weather({ limits: 1 });
  expect(await statuses()).toContain(429);
  await weather({ limits: 1, latency: 1 });
  expect(await statuses()).toContain(429);
  await weather({});
  expect(await statuses()).toEqual([200, 200, 200, 200]);
});

it('weather that is none is refused, and leaves the weather as it is', async () => {
  const odd = { klaviyo: { ...FINE, limits: 0 }, commercetools: { ...FINE, latency: -1 } };
  expect(await ask('PUT', '/api/weather', odd)).toMatchObject({
    status: 400,
    body: { where: 'commercetools.latency' },
  });
  expect(await ask('PUT', '/api/weather', {})).toMatchObject({ status: 400 });
  expect(await api<Weather>('GET', '/api/weather')).toMatchObject({ commercetools: { latency: 0 } });
});
