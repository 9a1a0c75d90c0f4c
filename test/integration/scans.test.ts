import type { Customer, Order } from '@commercetools/platform-sdk';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createScans } from '../../shared/commercetools/scans/index.ts';
import type { OrderPredicate } from '../../shared/commercetools/scans/scans.ts';
import { CredentialsError } from '../../shared/errors.ts';
import { createPatience, StoppedError } from '../../shared/history/patience.ts';
import type { Effect, FaultTarget } from '../doubles/faults.ts';
import { startShop } from '../doubles/shop/index.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import type { Fields } from '../unit/factories.ts';
import { configurationOf } from '../unit/support.ts';

const shop = await startShop();
beforeEach(() => shop.reset());
afterAll(() => shop.stop());

const [lena] = seeded('customer');
const [order] = seeded('order');
if (!lena || !order) throw new Error('The seed lacks something');

const isRead = ({ path }: FaultTarget) => !path.startsWith('/oauth');
const reads = (of: string) => shop.requests.filter(({ path }) => path.startsWith(`/demo-shop/${of}?`));

/** Scans by a run that never waits long. */
function scansOf(settings: Fields = {}) {
  const stop = new AbortController();
  const malformed: string[] = [];
  const scans = createScans(configurationOf(shop, { prices: { currency: 'EUR' }, ...settings }), {
    patience: createPatience({ stop: stop.signal }),
    onMalformed: (_, id) => malformed.push(id),
  });
  return { ...scans, stop: () => stop.abort(), malformed };
}

const all = async <T>(pages: AsyncIterable<T[]>): Promise<T[]> => (await Array.fromAsync(pages)).flat();
const idsOf = (resources: readonly { id: string }[]) => resources.map(({ id }) => id).toSorted();
const numbersOf = (found: { order: { id: string } }[]) =>
  found.map((one) => Number(one.order.id.slice(-12))).toSorted((one, other) => one - other);

async function addCustomers(count: number, more: Partial<Customer> = {}): Promise<void> {
  for (let number = 0; number < count; number++)
    await shop.put('customer', { ...(lena as Customer), id: crypto.randomUUID(), ...more });
}

const addOrder = (number: number, more: Partial<Order>) =>
  shop.put('order', { ...(order as Order), id: ids.order(number), completedAt: undefined, ...more });

describe('a scan of everything', () => {
  it('yields each customer once, page by page in parts of the id space', async () => {
    await addCustomers(100);
    await addCustomers(1, { id: 'ffffffff-ffff-4fff-bfff-ffffffffffff' });
    await addCustomers(1, { id: '00000000-0000-4000-8000-000000000000' });
    const found = await all(scansOf().customers());
    expect(new Set(idsOf(found)).size).toBe(107);
    expect(found).toHaveLength(107);
    expect(reads('customers')).toHaveLength(16);
  });

  it('goes on after the last id of a page', async () => {
    const changed = { from: Date.parse('2020-01-01'), until: Date.parse('2020-01-02') };
    await addCustomers(1001, { lastModifiedAt: '2020-01-01T10:00:00.000Z' });
    const pages = await Array.fromAsync(scansOf().customers({ changed }));
    expect(pages.map(({ length }) => length)).toEqual([500, 500, 1]);
    expect(new Set(idsOf(pages.flat())).size).toBe(1001);
  });

  it('yields every category with its ancestors', async () => {
    const found = await all(scansOf().categories());
    expect(idsOf(found)).toEqual(idsOf(seeded('category')));
    expect(found.find(({ id }) => id === ids.category(2))).toMatchObject({ ancestors: [{ obj: { name: {} } }] });
  });

  it('yields what is published of products, with prices selected and categories', async () => {
    const found = await all(scansOf().products());
    expect(idsOf(found)).toEqual([1, 2, 3, 4, 6].map(ids.product));
    expect(found.find(({ id }) => id === ids.product(1))).toMatchObject({
      masterVariant: { price: { value: { currencyCode: 'EUR' } } },
      categories: [
        {
          obj: {
            ancestors: [
              { id: ids.category(1), obj: {} },
              { id: ids.category(2), obj: {} },
            ],
          },
        },
      ],
    });
  });

  it('yields products of the Modular Catalog with their variants, and none that has no variant', async () => {
    const product = (await shop.get('product', ids.product(1))) ?? expect.unreachable();
    const { masterVariant, ...current } = product.masterData.current;
    const modular = (id: string, variants: typeof current.variants) => {
      const masterData = { ...product.masterData, current: { ...current, variants } };
      return shop.put('product', { ...product, id, masterData: JSON.parse(JSON.stringify(masterData)) });
    };
    await modular(ids.product(7), [masterVariant, ...current.variants]);
    await modular(ids.product(8), []);
    const found = await all(scansOf({ catalog: { model: 'modular' } }).products());
    expect(idsOf(found)).toEqual([1, 2, 3, 4, 6, 7].map(ids.product));
    expect(found.find(({ id }) => id === ids.product(7))?.variants).toHaveLength(current.variants.length);
  });

  it('yields payments with a refund in one of the states', async () => {
    const refunded = async (...states: string[]) => idsOf(await all(scansOf().refundedPayments(states)));
    expect(await refunded('Success')).toEqual([ids.payment(1), ids.payment(2)]);
    expect(await refunded('Pending', 'Failure')).toEqual([ids.payment(1)]);
    expect(await refunded('Initial')).toEqual([]);
    expect(await refunded()).toEqual([]);
  });

  it('yields such payments that were changed within a span, with one query', async () => {
    const [payment] = seeded('payment');
    if (!payment) throw new Error('The seed lacks a payment');
    await shop.put('payment', { ...payment, lastModifiedAt: '2020-01-01T10:00:00.000Z' });
    const changed = { from: Number.NEGATIVE_INFINITY, until: Date.parse('2020-01-02') };
    expect(idsOf(await all(scansOf().refundedPayments(['Success'], changed)))).toEqual([payment.id]);
    expect(reads('payments')).toHaveLength(1);
  });

  it('yields customers without their groups where commercetools refuses to expand them', async () => {
    const match = ({ path }: FaultTarget) => path.includes('expand');
    shop.faults.add({ match, effect: { kind: 'status', status: 403 }, times: Number.POSITIVE_INFINITY });
    expect(await all(scansOf().customers())).toHaveLength(5);
  });

  it('counts what there is, and reads none of it', async () => {
    expect(await scansOf().counts()).toEqual({
      categories: seeded('category').length,
      products: 5,
      customers: 5,
      orders: 10,
    });
    expect(shop.requests.filter(isRead).every(({ path }) => path.includes('limit=0'))).toBe(true);
  });
});

describe('orders', () => {
  const ordersOf = (predicate: OrderPredicate, settings?: Fields) => all(scansOf(settings).orders(predicate));
  const numbers = async (predicate: OrderPredicate, settings?: Fields) =>
    numbersOf(await ordersOf(predicate, settings));
  const span = (from: string, until: string) => ({ from: Date.parse(from), until: Date.parse(until) });

  it('come with their payments, which are no part of the order itself', async () => {
    const paid = (await ordersOf({})).find(({ order: { id } }) => id === ids.order(3));
    expect(paid?.payments).toMatchObject([{ payment: { transactions: { length: 4 } } }, { id: ids.payment(2) }]);
    expect(JSON.stringify(paid?.order)).not.toContain('transactions');
    expect(paid?.order.lastModifiedAt).toBe('2026-05-20T10:30:00.000Z');
  });

  it('come without their payments where nobody asks for refunds', async () => {
    await ordersOf({}, { handlers: { disabled: ['refund'] } });
    expect(reads('orders').filter(({ path }) => path.includes('expand'))).toEqual([]);
  });

  it('come in pages of 100', async () => {
    for (let number = 0; number < 401; number++) await addOrder(100 + number, {});
    const pages = await Array.fromAsync(scansOf().orders({}));
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 100, 100, 11]);
    expect(new Set(numbersOf(pages.flat())).size).toBe(411);
  });

  it('were placed when they were created, or completed where they came from; the last moment is no more in it', async () => {
    const day = span('2026-05-06', '2026-05-07');
    expect(await numbers({ placed: day })).toEqual([3]);
    await addOrder(11, { createdAt: '2026-05-06T00:00:00.000Z' });
    await addOrder(12, { createdAt: '2026-05-07T00:00:00.000Z' });
    await addOrder(13, { completedAt: '2026-05-06T23:59:59.999Z' });
    await addOrder(14, { createdAt: '2026-05-06T12:00:00.000Z', completedAt: '2020-01-01T00:00:00.000Z' });
    expect(await numbers({ placed: day })).toEqual([3, 11, 13]);
    await addOrder(15, { completedAt: '0001-01-01T00:00:00.000Z' });
    expect(await numbers({ placed: { from: Number.NEGATIVE_INFINITY, until: Date.parse('2020-01-02') } })).toEqual([
      14, 15,
    ]);
  });

  it('were changed within a span', async () => {
    const changed = { from: Date.parse('2026-05-20T10:30:00Z'), until: Number.POSITIVE_INFINITY };
    expect(await numbers({ changed })).toEqual([3, 9, 10]);
  });

  it('are in a state, or their shipment is', async () => {
    expect(await numbers({ states: ['Complete', 'Cancelled'] })).toEqual([3, 4]);
    expect(await numbers({ states: ['Cancelled'], shipmentStates: ['Partial', 'Delivered'] })).toEqual([3, 4, 9, 10]);
    expect(await numbers({ states: [], shipmentStates: ['Partial'] })).toEqual([10]);
    expect(await numbers({ states: [], shipmentStates: [] })).toEqual([]);
  });

  it('are in a state unless they were imported, as one of several conditions', async () => {
    await addOrder(11, { orderState: 'Cancelled', completedAt: '2020-01-01T00:00:00.000Z' });
    expect(await numbers({ states: ['Cancelled'] })).toEqual([4, 11]);
    expect(await numbers({ unlessImported: ['Cancelled'] })).toEqual([4]);
    expect(await numbers({ states: ['Complete'], unlessImported: ['Cancelled'] })).toEqual([3, 4]);
    expect(await numbers({ unlessImported: [] })).toEqual([]);
  });

  it('were imported or not', async () => {
    expect(await numbers({ imported: true })).toEqual([3]);
    expect(await numbers({ imported: false, states: ['Complete', 'Cancelled'] })).toEqual([4]);
  });

  it('meet all that is asked for', async () => {
    const predicate = { placed: span('2026-05-01', '2026-05-10'), states: ['Complete', 'Cancelled', 'Confirmed'] };
    expect(await numbers({ ...predicate, changed: span('2026-05-01', '2026-05-10') })).toEqual([2, 4]);
  });

  it('are of the stores that are served', async () => {
    await addOrder(11, { store: { typeId: 'store', key: 'summit' } });
    await addOrder(12, { store: { typeId: 'store', key: 'valley' } });
    await addOrder(13, { store: { typeId: 'store', key: 'peak' } });
    const served = async (stores: Fields) => (await numbers({}, { stores })).filter((number) => number > 9);
    expect(await served({ include: ['summit', 'peak'] })).toEqual([10, 11, 13]);
    expect(await served({ include: ['valley'], withoutStore: false })).toEqual([12]);
    expect(await served({ include: [] })).toEqual([10]);
    expect(await served({ include: [], withoutStore: false })).toEqual([]);
  });

  it('are counted where they belong to somebody and a store that is served', async () => {
    await addOrder(11, { customerId: undefined, customerEmail: undefined });
    await addOrder(12, { store: { typeId: 'store', key: 'valley' } });
    expect(await scansOf().countOrders({})).toBe(11);
    expect(await scansOf({ stores: { include: ['summit'] } }).countOrders({})).toBe(10);
    expect(await scansOf().countOrders({ placed: span('2026-05-05', '2026-05-08') })).toBe(3);
    expect(await numbers({})).toContain(11);
  });

  it('are found by their payments, each once', async () => {
    const many = Array.from({ length: 150 }, (_, number) => ids.payment(1000 + number));
    const found = await scansOf().ordersOfPayments([ids.payment(1), ...many, ids.payment(2)]);
    expect(numbersOf(found)).toEqual([3]);
    expect(Math.max(...reads('orders').map(({ path }) => path.length))).toBeLessThan(8000);
    expect(await scansOf().ordersOfPayments([])).toEqual([]);
  });
});

describe('customers', () => {
  it('are read by when they were created', async () => {
    const created = { from: Date.parse('2026-04-02'), until: Date.parse('2026-04-04T08:15:30.250Z') };
    expect(idsOf(await all(scansOf().customers({ created })))).toEqual([2, 3].map(ids.customer));
  });

  it('are read by when they were changed, with one query', async () => {
    const changed = { from: Date.parse('2026-05-01'), until: Date.now() };
    expect(idsOf(await all(scansOf().customers({ changed })))).toEqual([ids.customer(5)]);
    expect(reads('customers')).toHaveLength(1);
  });
});

describe('a scan goes on', () => {
  it.each<[string, Effect]>([
    ['429', { kind: 'status', status: 429, retryAfter: 0 }],
    ['502', { kind: 'status', status: 502 }],
    ['a reset', { kind: 'reset' }],
    ['JSON that was cut', { kind: 'garbage', applied: true, truncated: true }],
  ])('after %s', async (_, effect) => {
    for (const after of [0, 5, 9]) shop.faults.add({ match: isRead, after, effect });
    expect(idsOf(await all(scansOf().customers()))).toEqual(idsOf(seeded('customer')));
  });

  it('without a resource that lacks what the mapping needs', async () => {
    await shop.put('order', JSON.parse(JSON.stringify({ ...order, id: ids.order(11), totalPrice: 'none' })));
    const run = scansOf();
    expect(await all(run.orders({}))).toHaveLength(10);
    expect(run.malformed).toEqual([ids.order(11)]);
  });
});

describe('a scan ends', () => {
  it('where credentials are refused', async () => {
    shop.faults.add({ match: isRead, effect: { kind: 'status', status: 403 }, times: Number.POSITIVE_INFINITY });
    await expect(all(scansOf().orders({}))).rejects.toBeInstanceOf(CredentialsError);
    await expect(all(scansOf().customers())).rejects.toBeInstanceOf(CredentialsError);
  });

  it('with what is malformed where nobody takes that', async () => {
    await shop.put('order', JSON.parse(JSON.stringify({ ...order, id: ids.order(11), totalPrice: 'none' })));
    const { signal } = new AbortController();
    const { orders } = createScans(configurationOf(shop), { patience: createPatience({ stop: signal }) });
    await expect(all(orders({}))).rejects.toThrow(
      `The order ${ids.order(11)} in commercetools is not as expected: totalPrice`,
    );
  });

  it('when it is told to stop: the page that is under way is the last', async () => {
    for (let number = 0; number < 600; number++) await addOrder(100 + number, {});
    const { orders, stop } = scansOf();
    const pages: number[] = [];
    const scanning = async () => {
      for await (const page of orders({})) {
        pages.push(page.length);
        stop();
      }
    };
    await expect(scanning()).rejects.toBeInstanceOf(StoppedError);
    expect(pages).toEqual([100, 100]);
    expect(reads('orders')).toHaveLength(2);
  });
});

/** Resolves when the shop has all that it was sent so far. */
const roundTrip = () => fetch(`${shop.url}/oauth/token`, { method: 'POST' });

it('a scan is no more than a few pages ahead of whoever takes them', async () => {
  await addCustomers(100);
  const pages = scansOf().customers()[Symbol.asyncIterator]();
  await pages.next();
  await roundTrip();
  expect(reads('customers')).toHaveLength(4);
  for (let taken = 0; taken < 4; taken++) await pages.next();
  await roundTrip();
  expect(reads('customers').length).toBeLessThan(10);
});

it('more and more calls are under way while commercetools answers, and fewer after a 429', async () => {
  let held: (() => void)[] = [];
  const hold = (times: number) => {
    for (let time = 0; time < times; time++) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const effect = { kind: 'held', onApplied: () => void held.push(resolve), until: promise } as const;
      shop.faults.add({ match: isRead, effect });
    }
  };
  const underWay = async (expected: number) => {
    await expect.poll(() => held.length).toBeGreaterThanOrEqual(expected);
    await roundTrip();
    const count = held.length;
    for (const release of held) release();
    held = [];
    return count;
  };
  const { countOrders } = scansOf();
  const countMany = (times: number) => Promise.all(Array.from({ length: times }, () => countOrders({})));
  hold(2 + 4 + 8);
  const growing = countMany(14);
  expect([await underWay(2), await underWay(4), await underWay(8)]).toEqual([2, 4, 8]);
  expect(new Set(await growing)).toEqual(new Set([10]));

  shop.faults.add({ match: isRead, effect: { kind: 'status', status: 429, retryAfter: 0 } });
  expect(await countOrders({})).toBe(10);
  hold(20);
  const shrunk = countMany(20);
  expect(await underWay(8)).toBe(8);
  shop.faults.clear();
  await shrunk;
});
