import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../shared/config/environment.ts';
import type { Write } from '../../shared/klaviyo/writes.ts';
import { createLive } from '../../shared/live.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';
import { startShop } from '../doubles/shop/index.ts';
import { ids } from '../fixtures/ids.ts';
import { environmentFor } from './support.ts';

const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
const live = createLive(readConfiguration(environmentFor(shop, klaviyo)));

beforeEach(async () => {
  klaviyo.reset();
  await shop.reset();
});
afterEach(() => expect(klaviyo.violations).toEqual([]));
afterAll(() => Promise.all([shop.stop(), klaviyo.stop()]));

const updated = (typeId: string, id: string) => ({
  notification: { notificationType: 'ResourceUpdated' as const, projectKey: shop.projectKey, resource: { typeId, id } },
  publishedAt: 0,
});

describe('the live way', () => {
  it('carries out what a notification asks for, without a message', async () => {
    expect(await live.carryOut(updated('customer', ids.customer(1)))).toBe('synced');
    expect(klaviyo.profileByEmail('lena.brandt@example.org')).toMatchObject({ external_id: ids.customer(1) });
  });

  it('ignores what no handler takes', async () => {
    expect(await live.carryOut(updated('shopping-list', 'any'))).toBe('ignored');
  });

  it('tells what is gone', async () => {
    expect(await live.carryOut(updated('customer', ids.customer(99)))).toBe('gone');
  });

  it('throws what Klaviyo does not take, after the quick tries of an attempt of its own', async () => {
    klaviyo.faults.add({ times: Number.POSITIVE_INFINITY, effect: { kind: 'status', status: 503 } });
    await expect(live.carryOut(updated('customer', ids.customer(1)))).rejects.toMatchObject({ status: 503 });
    expect(klaviyo.requests).toHaveLength(3);
  });
});

describe('writes that are planned already', () => {
  const event = {
    metric: 'Placed Order',
    uniqueId: 'order',
    time: '2026-01-02T03:04:05.000Z',
    backfill: true as const,
  };
  const write = (email: string): Write => ({
    kind: 'createEvent',
    event: { ...event, profile: { email }, properties: {} },
    trimmed: [],
  });

  it('are made one by one', async () => {
    await live.apply([write('ada@example.org'), write('grace@example.org')]);
    expect(klaviyo.state.events).toMatchObject([
      { unique_id: 'order', backfill: true },
      { unique_id: 'order', backfill: true },
    ]);
    expect(klaviyo.requests.map(({ path }) => path)).toEqual(['/api/events', '/api/events']);
  });

  it('throw the refusal of one that Klaviyo does not take', async () => {
    await expect(live.apply([write('nobody')])).rejects.toMatchObject({ name: 'PermanentError', status: 400 });
  });
});
