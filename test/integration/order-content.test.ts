import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { givenToCustomer, idOf, placed } from './notifications.ts';
import { writesTo } from './state.ts';
import { functionForAll, functionForTest } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [order, , , cancelled, , , , gift] = seeded('order');
const [, , jeansCategory] = seeded('category');
if (!order || !cancelled || !gift || !jeansCategory) throw new Error('The seed lacks an order or categories');

const jeans = idOf('d0d00000', 1);
const jacket = idOf('d0d00000', 2);
const properties = () => klaviyo.eventsOf('Placed Order')[0]?.properties;
const ofProjections = ({ path }: { path: string }) => path.includes('/product-projections');

describe('what is missing of a product costs its names, never the event', () => {
  const RAIN = ['Women', 'Women > Jackets', 'Women > Jackets > Rain Jackets'];

  test('a category that cannot be expanded', async () => {
    await shop.remove('category', jeansCategory.id);

    expect(await push(fixture('OrderCreated'))).toBe(204);
    expect(properties()).toMatchObject({ Categories: RAIN, Items: [{ Categories: [] }, { Categories: RAIN }] });
  });

  test('an ancestor that cannot be expanded', async () => {
    const ancestors = [{ typeId: 'category', id: 'gone' } as const, ...jeansCategory.ancestors.slice(1)];
    await shop.put('category', { ...jeansCategory, ancestors });

    expect(await push(fixture('OrderCreated'))).toBe(204);
    expect(properties()).toMatchObject({ Items: [{ SKU: 'JEANS-IND-27' }, { Categories: RAIN }] });
  });

  test('a product that is gone', async () => {
    await shop.remove('product', jeans);

    expect(await push(fixture('OrderCreated'))).toBe(204);
    expect(properties()).toMatchObject({ Items: [{ ProductID: jeans, Categories: [] }, { Categories: RAIN }] });
    expect(klaviyo.eventsOf('Ordered Product')).toHaveLength(2);
  });

  test('every product', async () => {
    for (const id of [jeans, jacket]) await shop.remove('product', id);

    expect(await push(fixture('OrderCreated'))).toBe(204);
    expect(properties()).toMatchObject({ OrderId: '2026-1001', Categories: [], Brands: ['Nordhang'] });
  });

  test('but an error while reading the products is thrown, and nothing is sent', async () => {
    shop.faults.add({ match: ofProjections, times: Infinity, effect: { kind: 'status', status: 500 } });

    expect(await push(fixture('OrderCreated'))).toBe(500);
    expect(writesTo(klaviyo)).toEqual([]);
  });
});

test('categories of products are read once in a while only', async () => {
  const own = await functionForTest({ KLAVIYO_SYNC_SETTINGS: undefined });
  for (let delivery = 0; delivery < 3; delivery++) await own.push(fixture('OrderCreated'));

  expect(own.shop.requests.filter(ofProjections)).toHaveLength(1);
});

describe('a large order', () => {
  const [template] = order.lineItems;
  if (!template) throw new Error('The seed lacks line items');
  const lineItems = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...template, id: `line-${index}`, productId: `product-${index}` }));

  test('of more than 100 kB goes through whole', async () => {
    const large = { ...order, lineItems: lineItems(120) };
    expect(JSON.stringify(large).length).toBeGreaterThan(100_000);

    expect(await push(placed(large))).toBe(204);
    expect(klaviyo.eventsOf('Ordered Product')).toHaveLength(120);
    expect(properties()?.Items).toHaveLength(120);
    expect(properties()?.lineItems).toHaveLength(120);
  });

  test('with more products than a query takes gets the categories of all', async () => {
    const items = lineItems(150);
    const last = { ...template, id: 'last', productId: jacket };

    expect(await push(placed({ ...order, lineItems: [...items, last] }))).toBe(204);
    expect(properties()?.Categories).toContain('Women > Jackets > Rain Jackets');
  });

  test('beyond the limits of Klaviyo loses raw properties first, with a warning', async () => {
    const long = 'é'.repeat(60_000);
    const fields = Object.fromEntries(
      Array.from({ length: 390 }, (_, index) => [`field${index}`, index % 6 ? index : long]),
    );
    const type = { typeId: 'type', id: 't1' } as const;
    const large = { ...order, custom: { type, fields } };

    expect(await push(placed(large))).toBe(204);
    expect(properties()).toMatchObject({ OrderId: '2026-1001', Items: [{ Quantity: 2 }, { Quantity: 1 }], field1: 1 });
    expect(Object.keys(properties() ?? {}).length).toBeLessThanOrEqual(400);
    expect(JSON.stringify(properties()).length).toBeGreaterThan(1_000_000);
    expect(klaviyo.eventsOf('Ordered Product')).toHaveLength(2);
    expect(log).toMatchObject([{ outcome: 'synced', severity: 'WARNING', warnings: expect.any(Array) }]);
  });
});

describe('an order that is not placed is not sent', () => {
  test.each(['Cancelled', 'Complete'])('one created as %s', async (orderState) => {
    expect(await push(placed({ ...order, orderState }))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
  });

  test('one imported as Cancelled', async () => {
    const imported = fixture('OrderImported');
    expect(await push({ ...imported, order: { ...Object(imported.order), orderState: 'Cancelled' } })).toBe(204);
    expect(klaviyo.requests).toEqual([]);
  });

  test('one that is cancelled by now, when its customer is set', async () => {
    expect(await push(givenToCustomer(cancelled.id))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
  });

  test('one that is gone, when its customer is set', async () => {
    await shop.remove('order', gift.id);
    expect(await push(fixture('OrderCustomerSet'))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
    expect(log).toMatchObject([{ outcome: 'gone' }]);
  });
});

test('an order whose customer is set after it was placed is not placed twice', async () => {
  await push(placed(gift));
  expect(await push(fixture('OrderCustomerSet'))).toBe(204);
  expect(klaviyo.eventsOf('Placed Order')).toHaveLength(1);
  expect(klaviyo.eventsOf('Ordered Product')).toHaveLength(1);
});
