import { beforeEach, describe, expect, test } from 'vitest';
import { InvalidMessageError } from '../../shared/errors.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { created, placed, published, updated } from '../integration/notifications.ts';
import { writtenOut } from './hostile.ts';
import { worldForAll } from './world.ts';

const { shop, klaviyo, deliver } = await worldForAll();
beforeEach(async () => {
  klaviyo.reset();
  await shop.reset();
});

const [order] = seeded('order');
const [, , , product] = seeded('product');
const [customer] = seeded('customer');
const [lineItem] = order?.lineItems ?? [];
if (!order || !lineItem || !product || !customer) throw new Error('The seed lacks something');

const refused = () => klaviyo.requests.filter(({ status }) => status !== undefined && status >= 400 && status !== 404);

/** So many line items, each with a text of so many bytes. */
const lineItems = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...lineItem,
    id: `line-${index}`,
    custom: { type: { typeId: 'type' as const, id: 'type' }, fields: { engraving: 'ü'.repeat(bytes / 2) } },
  }));

describe('an order that is larger than Klaviyo takes is synced within its limits', () => {
  test.each([
    ['500 line items', 501, { lineItems: lineItems(500, 100) }],
    ['9 MB in 500 line items', 501, { lineItems: lineItems(500, 16_000) }],
    ['9 MB in one line item', 2, { lineItems: lineItems(1, 9_000_000) }],
    [
      'a custom field of 9 MB',
      3,
      { custom: { type: { typeId: 'type' as const, id: 'type' }, fields: { note: '€'.repeat(3_000_000) } } },
    ],
    ['5000 properties', 3, Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`own${index}`, index]))],
    ['a list of 50,000 entries', 3, { list: Array(50_000).fill('entry') }],
  ])('%s', async (_, events, more) => {
    await deliver(placed({ ...order, ...more }));

    expect(klaviyo.state.events).toHaveLength(events);
    expect(klaviyo.eventsOf('Placed Order')).toMatchObject([{ properties: { OrderId: order.orderNumber } }]);
    expect(refused()).toEqual([]);
  });

  test('100,000 lists in each other', async () => {
    const text = JSON.stringify(placed({ ...order, ...{ deep: 'deep' } }));
    await deliver(writtenOut(text.replace('"deep":"deep"', '"deep":⟦100000⟧')));

    expect(klaviyo.state.events).toHaveLength(1 + order.lineItems.length);
    expect(refused()).toEqual([]);
  });
});

test('a product with 300 variants is synced, and synced again', async () => {
  const { current } = product.masterData;
  const variants = Array.from({ length: 299 }, (_, index) => ({
    ...current.masterVariant,
    id: index + 2,
    sku: `V-${index}`,
  }));
  const data = { ...current, variants };
  await shop.put('product', { ...product, masterData: { ...product.masterData, current: data, staged: data } });

  for (const price of [2.4575, 2.4575]) {
    await deliver(published(product.id));
    expect(klaviyo.variantsOf(product.id)).toHaveLength(300);
    expect(klaviyo.variant('V-298')).toMatchObject({ price });
  }
  expect(refused()).toEqual([]);
});

test('a customer who is larger than Klaviyo takes is synced without the largest field', async () => {
  const custom = { type: { typeId: 'type' as const, id: 'type' }, fields: { story: 'x'.repeat(200_000) } };
  const large = { ...customer, custom };
  await shop.put('customer', large);

  for (const notification of [created(large), updated(large)]) {
    await deliver(notification);
    expect(klaviyo.profileByEmail(customer.email)).toMatchObject({ external_id: customer.id });
    expect(klaviyo.profileByEmail(customer.email)?.properties).not.toHaveProperty('story');
  }
  expect(refused()).toEqual([]);
});

describe('what is malformed a great many times is refused in a line that can be kept', () => {
  const payload = fixture('OrderCreated');
  const manyKeys = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, 1]));
  test.each([
    ['500 line items', { lineItems: Array(500).fill({}) }],
    ['10,000 line items', { lineItems: Array(10_000).fill({}) }],
    ['10,000 locales', { lineItems: [{ ...lineItem, name: manyKeys }] }],
  ])('%s', async (_, more) => {
    const error = await deliver({ ...payload, order: { ...order, ...more } }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error).length).toBeLessThan(10_000);
  });
});
