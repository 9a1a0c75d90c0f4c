import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { orderHistoryForAll, UNTIL } from './order-history.ts';

const { shop, klaviyo, repair, compare, told, all, put, add } = await orderHistoryForAll();

describe('an imported order', () => {
  test('was placed when it was completed', async () => {
    await add(11, { completedAt: '2026-04-04T12:00:00.000Z' });
    await repair();
    expect(all()).toContain(`Placed Order ${ids.order(11)} 2026-04-04T12:00:00.000Z silently`);
    expect((await compare()).isEqual()).toBe(true);
  });

  test.each(['0001-01-01T00:00:00.000Z', '1985-03-04T12:00:00.000Z'])(
    'was placed when it was created, if Klaviyo does not take its time: %s',
    async (completedAt) => {
      await add(11, { completedAt });
      await repair();
      expect(all()).toContain(`Placed Order ${ids.order(11)} 2026-05-04T18:21:07.000Z silently`);
      const sent = klaviyo.state.arrivals.bulk;
      expect((await repair()).isEqual()).toBe(true);
      expect(klaviyo.state.arrivals.bulk).toBe(sent);
    },
  );

  test('as cancelled is nothing', async () => {
    const { id } = await add(11, { orderState: 'Cancelled', completedAt: '2026-05-10T12:00:00.000Z' });
    const report = await repair();
    expect(klaviyo.state.events.filter(({ unique_id }) => unique_id === id)).toEqual([]);
    expect(report.rows()).toMatchObject([{ commercetools: 10 }, {}, {}, {}, {}]);
  });
});

describe('what belongs to live traffic is neither written nor missed:', () => {
  test('whatever happened since the cut-off', async () => {
    await add(11, { createdAt: new Date(UNTIL).toISOString() });
    await add(12, { createdAt: new Date(UNTIL - 500).toISOString() });
    await add(13, { createdAt: new Date(UNTIL - 1500).toISOString() });
    const report = await repair();
    expect(told('Placed Order')).not.toContain(ids.order(11));
    expect(told('Placed Order')).not.toContain(ids.order(12));
    expect(told('Placed Order')).toContain(ids.order(13));
    for (const { time } of klaviyo.state.events) expect(Date.parse(time)).toBeLessThan(UNTIL);
    expect(report.isEqual()).toBe(true);
  });

  test('an order of the last day that was changed since, as it may have been given to somebody', async () => {
    const lastModifiedAt = new Date(UNTIL).toISOString();
    await add(11, { createdAt: new Date(UNTIL - 60_000).toISOString(), lastModifiedAt });
    await add(12, { createdAt: new Date(UNTIL - 25 * 3_600_000).toISOString(), lastModifiedAt });
    expect((await repair()).isEqual()).toBe(true);
    expect(told('Placed Order')).not.toContain(ids.order(11));
    expect(told('Placed Order')).toContain(ids.order(12));
  });

  test('the state of an order that was changed since, and the refunds of such a payment', async () => {
    const lastModifiedAt = new Date(UNTIL).toISOString();
    await put(3, { lastModifiedAt });
    await put(4, { lastModifiedAt });
    for (const payment of seeded('payment')) await shop.put('payment', { ...payment, lastModifiedAt });
    const report = await repair();
    expect(klaviyo.eventsOf('Fulfilled Order')).toEqual([]);
    expect(klaviyo.eventsOf('Cancelled Order')).toEqual([]);
    expect(told('Placed Order')).toHaveLength(10);
    expect(report.isEqual()).toBe(true);
    expect((await compare()).isEqual()).toBe(true);
    expect((await repair({ until: UNTIL + 1000 })).isEqual()).toBe(true);
    expect(told('Fulfilled Order')).toEqual([ids.order(3)]);
  });
});

test('a run since some day looks at what happened since, of whatever order', async () => {
  const since = Date.parse('2026-05-13T00:00:00Z');
  const report = await repair({ since });
  expect(told('Placed Order').toSorted()).toEqual([8, 9, 10].map(ids.order));
  expect(told('Fulfilled Order')).toEqual([ids.order(3)]);
  expect(told('Refunded Order').toSorted()).toEqual([ids.order(3), ids.transaction(6)]);
  expect(told('Cancelled Order')).toEqual([]);
  expect(report.isEqual()).toBe(true);
  expect((await compare({ since })).isEqual()).toBe(true);
});

describe('the settings of live traffic hold:', () => {
  test('orders of a store that is not served are nothing', async () => {
    const store = { typeId: 'store' as const, key: 'de' };
    await put(3, { store });
    await put(5, { store });
    const only = { settings: { stores: { include: ['de'], withoutStore: false } } };
    const report = await repair(only);
    expect(told('Placed Order').toSorted()).toEqual([ids.order(3), ids.order(5)]);
    expect(report.rows()).toMatchObject([{ commercetools: 2, klaviyo: 2 }, {}, { commercetools: 1 }, {}, {}]);
    expect((await compare(only)).isEqual()).toBe(true);
  });

  test.each([
    ['order-placed', /Placed|Ordered/],
    ['order-state', /Fulfilled|Cancelled/],
    ['refund', /Refunded/],
  ])('what is of %s is not told where that handler is disabled', async (disabled, metrics) => {
    const settings = { handlers: { disabled: [disabled] } };
    const report = await repair({ settings });
    expect(klaviyo.state.events.filter(({ metric }) => metrics.test(metric))).toEqual([]);
    expect(klaviyo.state.events.length).toBeGreaterThan(0);
    expect(report.isEqual()).toBe(true);
    expect((await compare({ settings })).isEqual()).toBe(true);
  });

  test('imported orders are not placed where no import places an order', async () => {
    const settings = { orders: { placedOn: ['OrderCreated'] } };
    await repair({ settings });
    expect(told('Placed Order')).toHaveLength(9);
    expect(told('Placed Order')).not.toContain(ids.order(3));
    expect((await compare({ settings })).isEqual()).toBe(true);
  });

  test('an order that was shipped is fulfilled, where shipments say so', async () => {
    const settings = { orders: { shippedStates: ['Shipped'] } };
    await repair({ settings });
    expect(told('Fulfilled Order').toSorted()).toEqual([ids.order(3), ids.order(9)]);
    expect((await compare({ settings })).isEqual()).toBe(true);
  });
});
