import { describe, expect, test } from 'vitest';
import { eventually } from '../doubles/eventually.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { created, customerDeleted, placed, stateChanged, updated } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [lena, jordan] = seeded('customer');
const [order] = seeded('order');
if (!lena || !jordan || !order) throw new Error('The seed lacks customers');

const profile = ({ id }: { id: string }) =>
  [...klaviyo.state.profiles.values()].find(({ external_id }) => external_id === id);
const erasures = () => klaviyo.requests.filter(({ path }) => path === '/api/data-privacy-deletion-jobs');

describe('a customer who is deleted and to be erased', () => {
  test('is erased with the history, by Klaviyo’s id only, and nobody else is', async () => {
    for (const message of [created(lena), created(jordan), placed(order)]) await push(message);
    const { id } = profile(lena) ?? {};
    await shop.remove('customer', lena.id);

    expect(await push(customerDeleted(lena))).toBe(204);
    expect(profile(lena)).toBeUndefined();
    expect(klaviyo.state.events).toEqual([]);
    expect(profile(jordan)).toBeDefined();
    expect(erasures().map(({ body }) => body)).toEqual([
      {
        data: {
          type: 'data-privacy-deletion-job',
          attributes: { profile: { data: { type: 'profile', id, attributes: {} } } },
        },
      },
    ]);
  });

  test('is erased once, however often it is told', async () => {
    await push(created(lena));
    await shop.remove('customer', lena.id);
    for (let time = 0; time < 3; time++) expect(await push(customerDeleted(lena))).toBe(204);
    expect(erasures()).toHaveLength(1);
  });

  test('is done where Klaviyo has nobody', async () => {
    await shop.remove('customer', lena.id);
    expect(await push(customerDeleted(lena))).toBe(204);
    expect(erasures()).toEqual([]);
  });

  test('is not made anew by what was read before the erasure and comes after it', async () => {
    await push(created(lena));
    await push(updated(lena));
    const isPatch = ({ method }: { method: string }) => method === 'PATCH';
    klaviyo.faults.add({ match: isPatch, effect: { kind: 'status', status: 429, retryAfter: 1 } });
    const before = klaviyo.requests.length;
    const update = push(updated(lena));
    await eventually(() => klaviyo.requests.slice(before).find(isPatch), 'an update that waits');
    await shop.remove('customer', lena.id);
    expect(await push(customerDeleted(lena))).toBe(204);
    expect(await update).toBe(204);
    expect(klaviyo.state.profiles).toHaveLength(0);
  });

  test('is not erased while the customer is there, nor without being asked for', async () => {
    await push(created(lena));
    expect(await push(customerDeleted(lena))).toBe(500);
    await shop.remove('customer', lena.id);
    for (const dataErasure of [false, undefined]) expect(await push(customerDeleted(lena, { dataErasure }))).toBe(204);
    expect(profile(lena)).toBeDefined();
    expect(erasures()).toEqual([]);
  });

  test('is not mistaken for somebody whom Klaviyo finds instead', async () => {
    await push(created(lena));
    await shop.remove('customer', lena.id);
    const found = { type: 'profile', id: 'x', attributes: { external_id: jordan.id, email: jordan.email } };
    const match = ({ method, path }: { method: string; path: string }) =>
      method === 'GET' && path.startsWith('/api/profiles');
    klaviyo.faults.add({ match, effect: { kind: 'status', status: 200, body: { data: [found], links: {} } } });
    expect(await push(customerDeleted(lena))).toBe(500);
    expect(erasures()).toEqual([]);
  });

  test('wakes somebody when the key may not erase', async () => {
    await push(created(lena));
    await shop.remove('customer', lena.id);
    const match = ({ path }: { path: string }) => path.startsWith('/api/data-privacy');
    klaviyo.faults.add({ match, effect: { kind: 'status', status: 403 } });
    expect(await push(customerDeleted(lena))).toBe(500);
    expect(log.at(-1)).toMatchObject({ severity: 'CRITICAL' });
    expect(await push(customerDeleted(lena))).toBe(204);
    expect(profile(lena)).toBeUndefined();
  });
});

test('who was erased is brought back by nothing that comes late', async () => {
  await push(created(lena));
  await shop.remove('customer', lena.id);
  await push(customerDeleted(lena));
  const late = { publishTime: new Date(Date.now() - 120_000) };

  for (const message of [created(lena), updated(lena), placed(order), stateChanged(order.id, 'Complete')])
    expect(await push(message, late)).toBe(204);
  expect(klaviyo.state.profiles).toHaveLength(0);
  expect(klaviyo.state.events).toEqual([]);
});

test('an order of a customer who is gone is the order of somebody where profiles are kept', async () => {
  const own = await functionForTest({ KLAVIYO_SYNC_SETTINGS: '{"customers":{"onDelete":"keep"}}' });
  await own.push(created(lena));
  await own.shop.remove('customer', lena.id);
  expect(await own.push(customerDeleted(lena))).toBe(204);
  expect(await own.push(placed(order))).toBe(204);
  expect(own.klaviyo.eventsOf('Placed Order')).toHaveLength(1);
  expect(own.klaviyo.state.erased).toEqual([]);
});
