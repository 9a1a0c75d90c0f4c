import { describe, expect, test } from 'vitest';
import type { Effect, FaultTarget } from '../doubles/faults.ts';
import { isEventBulk } from '../doubles/klaviyo/event-bulk.ts';
import { isSingleEvent } from '../doubles/klaviyo/events.ts';
import { createLimiter } from '../doubles/klaviyo/limiter.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { idOf, ids } from '../fixtures/ids.ts';
import { fixture } from '../fixtures/index.ts';
import { functionForAll, functionForTest } from './support.ts';

const { shop, klaviyo, push, log } = await functionForAll();
const TICK = fixture('Tick.cart');
const guests = seeded('cart')[1] ?? expect.unreachable();
const told = () => klaviyo.eventsOf('Started Checkout').map(({ unique_id }) => unique_id);
const isPage = ({ path }: FaultTarget) => path.includes('/carts?');
const refusal = (pointer: string): Effect => {
  const body = { errors: [{ code: 'invalid', detail: 'No.', source: { pointer } }] };
  return { kind: 'status', status: 400, body };
};
const LEFT = [ids.cart(1), ids.cart(2)].map((id) => `${id}:2026-05-25`);

const cartIds = (count: number) => Array.from({ length: count }, (_, number) => idOf('ca480000', number));

/** The carts of so many guests, left in the window of the tick; each with an e-mail of its own unless it is given. */
async function leave(count: number, emailOf = (number: number) => `guest-${number}@example.org`): Promise<void> {
  for (const [number, id] of cartIds(count).entries())
    await shop.put('cart', { ...guests, id, customerEmail: emailOf(number) });
}

describe('a tick', () => {
  test('tells of all carts in one request, and leaves the single way to orders', async () => {
    await shop.remove('cart', ids.cart(1));
    await leave(100);
    expect(await push(TICK)).toBe(204);
    expect(told()).toHaveLength(101);
    expect(klaviyo.requests.filter(isEventBulk)).toHaveLength(1);
    expect(log).toMatchObject([
      {
        ...{ outcome: 'synced', severity: 'INFO', notificationType: 'Tick', handler: 'checkout-started' },
        ...{ resource: { typeId: 'cart' }, events: { single: 0, bulk: 101, bulkRequests: 1 } },
      },
    ]);
  });

  test('that is delivered twice, or beside the one before, doubles nothing', async () => {
    for (const time of ['2026-05-25T10:05:00Z', '2026-05-25T10:05:00Z', '2026-05-25T10:00:00Z'])
      expect(await push({ ...TICK, time })).toBe(204);
    expect(told().sort()).toEqual(LEFT);
  });

  test('tells nobody twice a day of a cart that is touched again and left again', async () => {
    expect(await push(TICK)).toBe(204);
    await shop.put('cart', { ...guests, lastModifiedAt: '2026-05-25T14:00:00.000Z' });
    expect(await push({ ...TICK, time: '2026-05-25T14:20:00Z' })).toBe(204);
    await shop.put('cart', { ...guests, lastModifiedAt: '2026-05-26T00:00:00.000Z' });
    expect(await push({ ...TICK, time: '2026-05-26T00:20:00Z' })).toBe(204);
    expect(told().sort()).toEqual([...LEFT, `${ids.cart(2)}:2026-05-26`]);
  });

  test('that finds nothing is ignored, without a call to Klaviyo', async () => {
    expect(await push({ ...TICK, time: '2026-06-01T00:00:00Z' })).toBe(204);
    expect(klaviyo.requests).toEqual([]);
    expect(log).toMatchObject([{ outcome: 'ignored', calls: { commercetools: expect.any(Number) } }]);
  });

  test('looks at the window of when it was published', async () => {
    expect(await push({ ...TICK, time: null }, { publishTime: new Date('2026-05-25T10:05:01.000Z') })).toBe(204);
    expect(told().sort()).toEqual(LEFT);
  });

  test('identifies customers whom Klaviyo does not know, once', async () => {
    expect(await push(TICK)).toBe(204);
    expect(klaviyo.profileByEmail('lena.brandt@example.org')).toMatchObject({ external_id: ids.customer(1) });
    klaviyo.requests.length = 0;
    expect(await push(TICK)).toBe(204);
    const calls = new Set(klaviyo.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`));
    expect(calls).toEqual(new Set(['GET /api/profiles', 'POST /api/event-bulk-create-jobs']));
  });
});

describe('one cart among others', () => {
  test('whose e-mail Klaviyo refuses is nobody’s, and costs none of the others', async () => {
    await leave(30, (number) => (number === 7 ? 'n/a' : `guest-${number}@example.org`));
    expect(await push(TICK)).toBe(204);
    expect(told()).toHaveLength(31);
    expect(log).toMatchObject([
      { outcome: 'synced', severity: 'WARNING', warnings: [expect.stringMatching(/e-mail/)] },
    ]);
    expect(JSON.stringify(log)).not.toContain('n/a');
  });

  test('that Klaviyo refuses for another reason fails the tick when all others are told, on later pages too', async () => {
    await leave(450);
    klaviyo.faults.add({ match: isEventBulk, effect: refusal('/data/attributes/events-bulk-create/data/7') });
    klaviyo.faults.add({ match: isSingleEvent, effect: refusal('/data/attributes/properties') });
    expect(await push(TICK)).toBe(500);
    expect(told()).toHaveLength(451);
    expect(log).toMatchObject([
      { outcome: 'failed', severity: 'ERROR', error: { class: 'PermanentError', status: 400 } },
    ]);
  });
});

test('a cart that is malformed fails the tick when all others are told', async () => {
  await leave(2);
  const carts = await Promise.all(cartIds(2).map((id) => shop.get('cart', id)));
  const results = [{ ...carts[0], totalPrice: undefined }, carts[1]];
  shop.faults.add({ match: isPage, effect: { kind: 'status', status: 200, body: { results } } });
  expect(await push(TICK)).toBe(500);
  expect(log).toMatchObject([
    { error: { class: 'InvalidMessageError', message: expect.stringContaining('totalPrice') } },
  ]);
  expect(told()).toEqual([`${cartIds(2)[1]}:2026-05-25`]);
});

test('what may pass ends the attempt at once, and the next one tells of all', async () => {
  await leave(450);
  klaviyo.faults.add({ match: isEventBulk, times: Infinity, effect: { kind: 'status', status: 401 } });
  expect(await push(TICK)).toBe(500);
  expect(log).toMatchObject([{ outcome: 'failed', severity: 'CRITICAL', error: { class: 'CredentialsError' } }]);
  expect(shop.requests.filter(isPage)).toHaveLength(1);
  klaviyo.faults.clear();
  expect(await push(TICK)).toBe(204);
  expect(told()).toHaveLength(452);
});

test('with events.bulk "never" each cart is a call of its own', async () => {
  const checkouts = { urlTemplate: 'https://shop.example.org/{{cartId}}' };
  const own = await functionForTest({
    KLAVIYO_SYNC_SETTINGS: JSON.stringify({ checkouts, events: { bulk: 'never' } }),
  });
  expect(await own.push(TICK)).toBe(204);
  expect(own.klaviyo.requests.filter(isEventBulk)).toEqual([]);
  expect(own.klaviyo.eventsOf('Started Checkout')).toHaveLength(2);
});

test('5,000 carts in one window are told in one attempt, within Klaviyo’s limits', async () => {
  const own = await functionForTest();
  own.klaviyo.faults.limit = createLimiter({ scale: 1 }).limit;
  const all = cartIds(5000).map((id) => ({ ...guests, id, customerEmail: `${id}@example.org` }));
  // The shop of the tests would take longer for its pages than all the rest.
  for (let start = 0; start <= 5000; start += 200) {
    const body = { results: all.slice(start, start + 200) };
    own.shop.faults.add({ match: isPage, effect: { kind: 'status', status: 200, body } });
  }
  expect(await own.push(TICK)).toBe(204);
  expect(own.klaviyo.eventsOf('Started Checkout')).toHaveLength(5000);
  expect(own.klaviyo.requests.filter(isEventBulk).length).toBeLessThanOrEqual(26);
  const after = own.shop.requests
    .filter(isPage)
    .map(({ path }) => new URL(path, 'http://shop').searchParams.get('var.after'));
  expect(after).toEqual([null, ...Array.from({ length: 25 }, (_, page) => all[page * 200 + 199]?.id)]);
});
