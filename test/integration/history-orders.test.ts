import { describe, expect, test } from 'vitest';
import type { KlaviyoEvent } from '../doubles/klaviyo/state.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { differencesOf, writesOf } from './history.ts';
import { placed, stateChanged } from './notifications.ts';
import { inWords, orderHistoryForAll, orderOf, UNTIL } from './order-history.ts';

const { shop, klaviyo, repair, compare, tell, told, all, forget, add, put } = await orderHistoryForAll();

const orders = seeded('order');

describe('an empty account', () => {
  test('has all of history after a run, each fact once and without flows', async () => {
    await repair();
    expect(told('Placed Order').toSorted()).toEqual(orders.map(({ id }) => id).toSorted());
    expect(told('Ordered Product')).toHaveLength(orders.flatMap(({ lineItems }) => lineItems).length);
    expect(klaviyo.state.events.filter(({ metric }) => !/Placed|Ordered/.test(metric)).map(inWords)).toEqual([
      `Fulfilled Order ${ids.order(3)} 2026-05-20T10:30:00.000Z silently`,
      `Refunded Order ${ids.order(3)} 2026-05-18T09:00:00.000Z silently`,
      `Refunded Order ${ids.transaction(6)} 2026-05-20T10:30:00.000Z silently`,
      `Cancelled Order ${ids.order(4)} 2026-05-09T10:30:00.000Z silently`,
    ]);
    expect(klaviyo.state.events.filter(({ backfill }) => !backfill)).toEqual([]);
    expect(klaviyo.state.arrivals).toMatchObject({ single: 0, batches: 1 });
  });

  test('is told how much of it was written', async () => {
    const report = await repair();
    expect(report.rows().map(({ subject, repaired }) => `${subject} ${repaired}`)).toEqual([
      'Placed Order 10',
      'Ordered Product 15',
      'Fulfilled Order 1',
      'Cancelled Order 1',
      'Refunded Order 2',
    ]);
  });

  test('has of an order what live traffic tells of it', async () => {
    const properties = () => klaviyo.state.events.map((event) => [event.unique_id, event.value, event.properties]);
    await tell(placed(orderOf(2)));
    const live = properties();
    klaviyo.reset();
    await repair();
    expect(properties()).toEqual(expect.arrayContaining(live));
  });

  test('has nothing of it after a run that only compares, which reports all of it', async () => {
    const report = await compare();
    expect(writesOf(klaviyo)).toEqual([]);
    expect(report.rows()).toMatchObject([
      { subject: 'Placed Order', commercetools: 10, klaviyo: 0, counts: { missing: 10 } },
      { subject: 'Ordered Product', commercetools: 15, klaviyo: 0, counts: { missing: 15 } },
      { subject: 'Fulfilled Order', commercetools: 1, klaviyo: 0, counts: { missing: 1 } },
      { subject: 'Cancelled Order', commercetools: 1, klaviyo: 0, counts: { missing: 1 } },
      { subject: 'Refunded Order', commercetools: 2, klaviyo: 0, counts: { missing: 2 } },
    ]);
    expect(differencesOf(report)).toContainEqual({
      ...{ subject: 'Refunded Order', what: 'missing' },
      ...{ id: ids.payment(2), uniqueId: ids.transaction(6) },
    });
  });
});

describe('an account that has all of history', () => {
  test.each([false, true])('is equal, and nothing is written, compared exactly: %s', async (exact) => {
    await repair();
    const before = all();
    klaviyo.requests.length = 0;
    const report = await repair({ exact });
    expect(report.isEqual()).toBe(true);
    expect(report.rows()[0]).toMatchObject({ subject: 'Placed Order', commercetools: 10, klaviyo: 10, repaired: 0 });
    expect(new Set(writesOf(klaviyo))).toEqual(new Set(['POST metric-aggregates']));
    expect(all()).toEqual(before);
  });

  test.each<[string, (event: KlaviyoEvent) => boolean]>([
    ['an order of a day with others', ({ unique_id }) => unique_id === ids.order(2)],
    ['a state', ({ metric }) => metric === 'Fulfilled Order'],
    ['a refund', ({ unique_id }) => unique_id === ids.transaction(6)],
    ['a cancellation', ({ metric }) => metric === 'Cancelled Order'],
    [
      'all of an order',
      ({ unique_id, properties }) => unique_id === ids.order(3) || properties.OrderId === '2026-1003',
    ],
  ])('but for %s has it again after a run, and nothing else is sent', async (_, isMeant) => {
    await add(11, { createdAt: '2026-05-05T23:59:59.000Z' });
    await repair();
    const before = all();
    const gone = klaviyo.state.events.filter(isMeant).length;
    forget(isMeant);
    Object.assign(klaviyo.state.arrivals, { bulk: 0, batches: 0 });
    expect((await compare()).isEqual()).toBe(false);

    const report = await repair();
    expect(all()).toEqual(before);
    expect(klaviyo.state.arrivals).toMatchObject({ single: 0, bulk: gone, batches: 1 });
    expect(report.isEqual()).toBe(true);
  });

  test('may lack products of an order that it has, which only an exact run finds', async () => {
    await repair();
    forget(({ unique_id }) => unique_id === ids.lineItem(3));
    expect((await compare()).isEqual()).toBe(true);
    expect(differencesOf(await compare({ exact: true }))).toEqual([
      { subject: 'Ordered Product', what: 'missing', id: ids.order(2), uniqueId: ids.lineItem(3) },
    ]);
    await repair({ exact: true });
    expect(told('Ordered Product')).toContain(ids.lineItem(3));
  });

  test('may have more, which is told on demand', async () => {
    await repair();
    await shop.remove('order', ids.order(2));
    expect((await compare()).isEqual()).toBe(true);
    expect(differencesOf(await compare({ extras: true }))).toEqual([
      { subject: 'Placed Order', what: 'extra', id: ids.order(2) },
    ]);
  });
});

describe('two orders of one second', () => {
  test.each([
    [11, 12],
    [12, 11],
  ])('are two events, if Klaviyo has the one of order %i already', async (known, unknown) => {
    const createdAt = '2026-05-21T10:30:00.400Z';
    await tell(placed(await add(known, { createdAt })));
    await add(unknown, { createdAt });
    expect(differencesOf(await compare()).map(({ id }) => id)).toContain(ids.order(unknown));
    expect(differencesOf(await compare()).map(({ id }) => id)).not.toContain(ids.order(known));
    await repair();
    expect(told('Placed Order')).toEqual(expect.arrayContaining([ids.order(11), ids.order(12)]));
    expect(told('Placed Order')).toHaveLength(12);
  });
});

test('what live traffic told of a state at another time is not doubled, and not reported', async () => {
  await tell({ ...stateChanged(ids.order(3), 'Complete'), createdAt: '2026-05-16T08:00:00.000Z' });
  const reported = differencesOf(await compare()).map(({ subject }) => subject);
  expect(reported).not.toContain('Fulfilled Order');
  await repair();
  expect((await compare({ exact: true })).isEqual()).toBe(true);
  expect(klaviyo.eventsOf('Fulfilled Order')).toMatchObject([{ time: '2026-05-16T08:00:00.000Z' }]);
});

test('a state that is missing is found, whatever live traffic has told since the cut-off', async () => {
  await repair();
  forget(({ metric }) => metric === 'Fulfilled Order');
  const createdAt = new Date(UNTIL + 60_000).toISOString();
  await add(11, { createdAt, orderState: 'Complete' });
  await tell({ ...stateChanged(ids.order(11), 'Complete'), createdAt });
  expect(differencesOf(await compare())).toEqual([{ subject: 'Fulfilled Order', what: 'missing', id: ids.order(3) }]);
});

test('a refund of a payment that several orders have is told of the order that live traffic tells it of', async () => {
  await put(1, { paymentInfo: orderOf(3).paymentInfo });
  await repair();
  expect(told('Refunded Order')).toEqual([ids.order(1), ids.transaction(6)]);
  expect((await compare({ exact: true })).isEqual()).toBe(true);
  forget(({ metric }) => metric === 'Refunded Order');
  await repair();
  expect(told('Refunded Order')).toEqual([ids.order(1), ids.transaction(6)]);
});

test('one too many on a day on which another one is missing is told on demand', async () => {
  await repair();
  await shop.remove('order', ids.order(2));
  await add(21, { createdAt: orderOf(2).createdAt });
  expect(differencesOf(await compare({ exact: true, extras: true }))).toContainEqual({
    ...{ subject: 'Placed Order', what: 'extra', id: ids.order(2) },
  });
});

test('what live traffic may still be telling is nothing that only Klaviyo has', async () => {
  await repair();
  const lastModifiedAt = new Date(UNTIL).toISOString();
  await tell(placed(await add(21, { createdAt: new Date(UNTIL - 60_000).toISOString(), lastModifiedAt })));
  for (const payment of seeded('payment')) await shop.put('payment', { ...payment, lastModifiedAt });
  expect(differencesOf(await compare({ exact: true, extras: true }))).toEqual([]);
});
