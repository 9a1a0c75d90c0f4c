import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CredentialsError } from '../../../shared/errors.ts';
import { ids } from '../../fixtures/ids.ts';
import { localShop } from '../support.ts';

const local = localShop();
const JEANS = 'd0d00000-0000-4000-8000-000000000001';
const WOMEN = 'ca700000-0000-4000-8000-000000000001';
const id = (number: number) => `ca700000-0000-4000-9000-${String(number).padStart(12, '0')}`;

it('categories: reads every page of the descendants', async () => {
  const women = (await local.shop.get('category', WOMEN)) ?? expect.unreachable();
  const parent = { typeId: 'category', id: WOMEN } as const;
  for (let number = 1; number <= 520; number += 1) {
    await local.shop.put('category', { ...women, id: id(number), key: `c${number}`, parent, ancestors: [parent] });
  }
  const found = await local.reader().categories.descendants(WOMEN);
  const known = found.map((category) => category.id);
  expect(new Set(known).size).toBe(525);
  expect(known).toEqual(expect.arrayContaining([id(1), id(520)]));
});

it('products: asks for the categories of many products in several queries, each product once', async () => {
  const unknown = Array.from(
    { length: 120 },
    (_, number) => `d0d00000-0000-4000-9000-${String(number).padStart(12, '0')}`,
  );
  const found = await local.reader().products.withCategories([JEANS, ...unknown, JEANS]);
  expect(found.map((product) => product.id)).toEqual([JEANS]);
  const queries = local.shop.requests.filter(({ path }) => path.includes('product-projections'));
  expect(queries.map(({ path }) => path.split('var.ids').length - 1).sort()).toEqual([100, 21]);
  expect(Math.max(...queries.map(({ path }) => path.length))).toBeLessThan(8000);
});

it('products: asks for nothing when there is nothing to ask for', async () => {
  expect(await local.reader().products.withCategories([])).toEqual([]);
  expect(local.shop.requests).toEqual([]);
});

it('products: remembers categories for as long as the settings say', async () => {
  const asked = async (categoryCacheSeconds: number) => {
    const { products } = local.reader({ catalog: { categoryCacheSeconds } });
    const first = await products.withCategories([JEANS]);
    await sleep(20);
    local.shop.requests.length = 0;
    expect(await products.withCategories([JEANS])).toEqual(first);
    return local.shop.requests.length;
  };
  expect([await asked(60), await asked(0)]).toEqual([0, 1]);
});

it.each([
  ['a category', { id: WOMEN }],
  ['an ancestor', { id: 'pants', obj: { id: 'pants', name: {}, ancestors: [{ id: WOMEN }] } }],
])('products: does not remember one of which %s could not be expanded', async (_, category) => {
  const { products } = local.reader({ catalog: { categoryCacheSeconds: 60 } });
  const body = { results: [{ id: JEANS, categories: [category] }] };
  const match = ({ path }: { path: string }) => path.includes('product-projections');
  local.shop.faults.add({ match, effect: { kind: 'status', status: 200, body } });

  expect(await products.withCategories([JEANS])).toMatchObject([{ categories: [{ id: category.id }] }]);
  expect(await products.withCategories([JEANS])).toMatchObject([
    { categories: [{ obj: { name: { 'en-GB': 'Jeans' } } }] },
  ]);
});

it('products: does not show what is not published', async () => {
  const { products } = local.reader();
  expect(await products.published('d0d00000-0000-4000-8000-000000000005')).toBeUndefined();
  expect(await products.published('d0d00000-0000-4000-8000-000000000099')).toBeUndefined();
});

it('orders: finds the order of a payment', async () => {
  const { orders } = local.reader();
  expect(await orders.byPayment('9a400000-0000-4000-8000-000000000002')).toMatchObject({
    order: { orderNumber: '2026-1003' },
    payments: [{ payment: { transactions: { length: 4 } } }, { id: '9a400000-0000-4000-8000-000000000002' }],
  });
  expect(await orders.byPayment('9a400000-0000-4000-8000-000000000099')).toBeUndefined();
});

const quantities = (entries: { availableQuantity: number }[]) =>
  entries.map(({ availableQuantity }) => availableQuantity);

it('inventory: finds every entry of SKUs, also of one with quotes in it', async () => {
  const { inventory } = local.reader();
  expect(quantities(await inventory.ofSkus(['JEANS-IND-29', 'JEANS-IND-30', 'JEANS-IND-29']))).toEqual([5, 0, 9]);
  expect(await inventory.ofSkus(['JEANS" or sku="JEANS-IND-29', `27" wide`])).toEqual([]);
  expect(await inventory.ofSkus([])).toEqual([]);
});

it('inventory: finds only the entries of the channel that is set', async () => {
  const { inventory } = local.reader({ catalog: { inventoryChannel: 'c4a00000-0000-4000-8000-000000000001' } });
  expect(quantities(await inventory.ofSkus(['JEANS-IND-27', 'JEANS-IND-29', 'JEANS-IND-30']))).toEqual([0, 9]);
});

it('inventory: reads every page of a SKU with more than 500 channels', async () => {
  const entry = await local.shop.get('inventory-entry', '10500000-0000-4000-8000-000000000001');
  for (let number = 1; number <= 520; number += 1) {
    const supplyChannel = { typeId: 'channel', id: id(number) } as const;
    await local.shop.put('inventory-entry', {
      ...(entry ?? expect.unreachable()),
      id: id(number),
      sku: 'MANY',
      supplyChannel,
    });
  }
  const found = await local.reader().inventory.ofSkus(['MANY']);
  expect(new Set(found.map((one) => one.id)).size).toBe(520);
  expect(found).toHaveLength(520);
});

it('inventory: asks for the stock of many SKUs in queries that are short enough', async () => {
  const skus = Array.from({ length: 300 }, (_, number) => `${'ÄÖÜ'.repeat(5)}-${number}`);
  expect(await local.reader().inventory.ofSkus(skus)).toEqual([]);
  const queries = local.shop.requests.filter(({ path }) => path.includes('/inventory'));
  expect(queries.flatMap(({ path }) => new URL(path, 'http://shop').searchParams.getAll('var.skus')).sort()).toEqual(
    skus.sort(),
  );
  expect(Math.max(...queries.map(({ path }) => path.length))).toBeLessThan(8000);
});

it('standalone prices: tells whose they are', async () => {
  const { products, standalonePrices } = local.reader({ prices: { currency: 'EUR' } });
  const price = await standalonePrices.byId('57a9d000-0000-4000-8000-000000000002');
  expect(price).toEqual({ id: '57a9d000-0000-4000-8000-000000000002', sku: 'EMBER-STOVE' });
  expect(await standalonePrices.byId(id(1))).toBeUndefined();
  expect(await products.publishedBySku('EMBER-STOVE')).toMatchObject({
    key: 'ember-stove',
    masterVariant: { price: {} },
  });
  expect(await products.publishedBySku('JEANS-IND-29')).toMatchObject({ key: 'straight-jeans' });
  expect(await products.publishedBySku('RIDGE-SAND-M')).toBeUndefined();
});

it('customers: come without their groups where commercetools refuses a read that expands them', async () => {
  const { customers } = local.reader();
  const refuse = (match: (path: string) => boolean) =>
    local.shop.faults.add({
      match: ({ path }) => path.includes('/customers') && match(path),
      effect: { kind: 'status', status: 403 },
      times: Number.POSITIVE_INFINITY,
    });
  refuse((path) => path.includes('expand'));
  expect(await customers.byId(ids.customer(1))).toMatchObject({ id: ids.customer(1) });
  expect(await customers.byIds([ids.customer(1), ids.customer(2)])).toHaveLength(2);
  // One is refused, and what is asked afterwards expands nothing.
  expect(local.shop.requests.filter(({ path }) => path.includes('/customers'))).toHaveLength(3);
  refuse(() => true);
  await expect(customers.byId(ids.customer(1))).rejects.toBeInstanceOf(CredentialsError);
});
