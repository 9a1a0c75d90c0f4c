import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Shop, startShop } from '../../doubles/shop/index.ts';
import { seeded } from '../../doubles/shop/seed.ts';
import { idOf as id } from '../../fixtures/ids.ts';

const CUSTOMER = id('c0500000', 1);
const ORDER = id('0de50000', 1);
const PAID_ORDER = id('0de50000', 3);
const PAYMENT = id('9a400000', 1);
const WOMEN = id('ca700000', 1);
const PANTS = id('ca700000', 2);
const CATEGORY = id('ca700000', 3);
const JEANS = id('d0d00000', 1);
const JACKET = id('d0d00000', 2);
const UNPUBLISHED = id('d0d00000', 5);
const STOVE = id('d0d00000', 6);
const WAREHOUSE = id('c4a00000', 1);
const ENTRY = id('10500000', 1);

let shop: Shop;
let token: string;

beforeAll(async () => {
  shop = await startShop();
  token = (await (await login(shop.clientSecret)).json()).access_token;
});
beforeEach(() => shop.reset());
afterAll(() => shop.stop());

const login = (secret: string) =>
  fetch(`${shop.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${shop.clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: shop.scope }),
  });

type Query = Record<string, string | string[]>;
const request = (path: string, query: Query = {}) => {
  const pairs = Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  const url = `${shop.url}/${shop.projectKey}/${path}?${new URLSearchParams(pairs)}`;
  return fetch(url, { headers: { authorization: `Bearer ${token}` } });
};
const read = async (path: string, query?: Query) => (await request(path, query)).json();
const projections = async (...ids: string[]) =>
  (await read('product-projections', { where: 'id in :ids', 'var.ids': ids, staged: 'false' })).results;
const selected = async (product: string, selector: Query, variant = 0) => {
  const query = { where: 'id=:id', 'var.id': product, staged: 'false', ...selector };
  const { masterVariant, variants } = (await read('product-projections', query)).results[0];
  return [masterVariant, ...variants][variant].price;
};
const ids = (resources: { id: string }[]) => resources.map((resource) => resource.id);

describe('access to the shop', () => {
  it('gives a token to its client only', async () => {
    expect((await login(shop.clientSecret)).status).toBe(200);
    expect((await login('wrong')).status).toBe(401);
  });

  it('refuses a request without a token', async () => {
    expect((await fetch(`${shop.url}/${shop.projectKey}/customers/${CUSTOMER}`)).status).toBe(401);
  });
});

describe('resources by id', () => {
  it.each([
    ['customers', CUSTOMER, 'customer'],
    ['orders', ORDER, 'order'],
    ['payments', PAYMENT, 'payment'],
    ['categories', CATEGORY, 'category'],
    ['inventory', ENTRY, 'inventory-entry'],
  ] as const)('%s gives the seeded resource', async (path, resource, typeId) => {
    expect(await read(`${path}/${resource}`)).toEqual(seeded(typeId).find((seed) => seed.id === resource));
    expect((await request(`${path}/${id('00000000', 0)}`)).status).toBe(404);
  });

  it('expands the ancestors of a category, from the root down', async () => {
    const { ancestors } = await read(`categories/${CATEGORY}`, { expand: 'ancestors[*]' });
    expect(ancestors.map(({ obj }: { obj: { name: unknown } }) => obj.name)).toEqual([
      { 'en-GB': 'Women', 'de-DE': 'Damen' },
      { 'en-GB': 'Pants', 'de-DE': 'Hosen' },
    ]);
  });
});

describe('queries', () => {
  it('finds the order of a payment and expands its payments', async () => {
    const where = 'paymentInfo(payments(id=:id))';
    const query = { where, 'var.id': PAYMENT, expand: 'paymentInfo.payments[*]' };
    const { results } = await read('orders', query);
    expect(ids(results)).toEqual([PAID_ORDER]);
    expect(results[0].paymentInfo.payments[0].obj.transactions).toHaveLength(4);
    await shop.remove('order', PAID_ORDER);
    expect((await read('orders', query)).results).toEqual([]);
  });

  it('pages through the descendants of a category by id', async () => {
    const query = { expand: 'ancestors[*]', sort: 'id asc', 'var.id': WOMEN };
    await shop.remove('category', PANTS);
    for (const category of seeded('category').reverse()) await shop.put('category', category);
    const first = await read('categories', { ...query, where: 'ancestors(id=:id)', limit: '3' });
    expect(ids(first.results)).toEqual([2, 3, 4].map((number) => id('ca700000', number)));
    expect(first.results[1].ancestors[1].obj.key).toBe('women-pants');
    const where = 'ancestors(id=:id) and id > :last';
    const second = await read('categories', { ...query, where, 'var.last': first.results[2].id, limit: '500' });
    expect(ids(second.results)).toEqual([5, 6].map((number) => id('ca700000', number)));
  });

  it('gives at most 500 results a page', async () => {
    expect((await request('categories', { limit: '501' })).status).toBe(400);
  });

  it('finds inventory by sku', async () => {
    const { results } = await read('inventory', { where: 'sku=:sku', 'var.sku': 'JEANS-IND-29' });
    expect(results.map((entry: { availableQuantity: number }) => entry.availableQuantity)).toEqual([5, 0]);
  });
});

describe('product projections', () => {
  it('leaves out what is not published', async () => {
    expect(ids(await projections(JEANS, UNPUBLISHED))).toEqual([JEANS]);
    await shop.publish(UNPUBLISHED);
    await shop.unpublish(JEANS);
    expect(ids(await projections(JEANS, UNPUBLISHED))).toEqual([UNPUBLISHED]);
  });

  it('finds products however many ids are asked for', async () => {
    const many = Array.from({ length: 60 }, (_, number) => id('d0d00000', number));
    expect(await projections(...many)).toHaveLength(5);
  });

  it('expands categories and their ancestors', async () => {
    const query = { where: 'id=:id', 'var.id': JEANS, expand: 'categories[*].ancestors[*]' };
    const { categories } = (await read('product-projections', query)).results[0];
    expect(categories[0].obj.ancestors.map(({ obj }: { obj: { key: string } }) => obj.key)).toEqual([
      'women',
      'women-pants',
    ]);
    await shop.remove('category', CATEGORY);
    expect((await read('product-projections', query)).results[0].categories).toEqual([
      { typeId: 'category', id: CATEGORY },
    ]);
  });

  it('shows the stock of each variant, none for what is not tracked', async () => {
    const [{ masterVariant, variants }] = await projections(JEANS);
    const none = { isOnStock: false, availableQuantity: 0 };
    expect(masterVariant.availability).toMatchObject({ isOnStock: true, availableQuantity: 12 });
    expect(variants[0].availability).toMatchObject({ ...none, restockableInDays: 14 });
    expect(variants[1].availability).toMatchObject({ availableQuantity: 5, channels: { [WAREHOUSE]: none } });
    expect(variants[2].availability).toEqual({
      channels: { [WAREHOUSE]: expect.objectContaining({ availableQuantity: 9 }) },
    });
    expect(variants[3]).not.toHaveProperty('availability');
  });

  it('shows the stock of before while the inventory has changed', async () => {
    await shop.remove('inventory-entry', ENTRY);
    const [{ masterVariant }] = await projections(JEANS);
    expect(masterVariant.availability).toMatchObject({ availableQuantity: 12 });
    expect((await read('inventory', { where: 'sku in :skus', 'var.skus': ['JEANS-IND-27', 'x'] })).results).toEqual([]);
  });

  it('finds a product by the SKU of any variant', async () => {
    const where = 'masterVariant(sku=:sku) or variants(sku=:sku)';
    const found = async (sku: string) => ids((await read('product-projections', { where, 'var.sku': sku })).results);
    expect([await found('JEANS-IND-27'), await found('JEANS-IND-29'), await found('none')]).toEqual([
      [JEANS],
      [JEANS],
      [],
    ]);
  });

  it('shows no stock on a variant without a sku', async () => {
    const [{ variants }] = await projections(JACKET);
    expect(variants[1]).not.toHaveProperty('sku');
    expect(variants[1]).not.toHaveProperty('availability');
  });
});

describe('price selection', () => {
  const germany = { priceCurrency: 'EUR', priceCountry: 'DE' };

  it('takes the price of the country with its discount, never that of a customer group', async () => {
    expect(await selected(JEANS, germany)).toMatchObject({
      value: { centAmount: 9995 },
      discounted: { value: { centAmount: 7995 } },
    });
  });

  it('falls back to the price without a country', async () => {
    expect(await selected(JEANS, { ...germany, priceCountry: 'FR' })).toMatchObject({ value: { centAmount: 10900 } });
  });

  it('takes the price of a channel only when asked for', async () => {
    expect(await selected(JACKET, germany)).toMatchObject({ value: { centAmount: 24900 } });
    expect(await selected(JACKET, { ...germany, priceChannel: WAREHOUSE })).toMatchObject({
      value: { centAmount: 22900 },
    });
  });

  it('takes the active standalone price of a product that uses them', async () => {
    expect(await selected(STOVE, germany)).toMatchObject({ value: { centAmount: 6490 } });
  });

  it('never takes a price with a recurrence policy', async () => {
    const [price = expect.unreachable()] = seeded('standalone-price').filter(({ active }) => active);
    const recurrencePolicy = { typeId: 'recurrence-policy', id: 'monthly' } as const;
    await shop.put('standalone-price', { ...price, recurrencePolicy });
    expect(await selected(STOVE, germany)).toMatchObject({ value: { centAmount: 6990 } });
  });

  it('selects nothing without a fitting price or without a currency', async () => {
    expect(await selected(JACKET, { priceCurrency: 'CHF' })).toBeUndefined();
    expect(await selected(JEANS, {})).toBeUndefined();
    expect((await request('product-projections', { priceCountry: 'DE' })).status).toBe(400);
  });
});

describe('the shop as a sandbox', () => {
  it('lets faults reach the client', async () => {
    shop.faults.add({ effect: { kind: 'status', status: 503 } });
    shop.faults.add({ effect: { kind: 'reset' } });
    expect((await request(`orders/${ORDER}`)).status).toBe(503);
    await expect(request(`orders/${ORDER}`)).rejects.toThrow();
    expect((await request(`orders/${ORDER}`)).status).toBe(200);
  });

  it('records requests', async () => {
    await read(`orders/${ORDER}`);
    expect(shop.requests).toMatchObject([{ method: 'GET', path: `/demo-shop/orders/${ORDER}?`, status: 200 }]);
  });

  it('goes back to the seed on reset', async () => {
    await shop.remove('order', ORDER);
    await shop.put('order', { ...(seeded('order')[1] ?? expect.unreachable()), orderNumber: 'changed' });
    shop.faults.add({ effect: { kind: 'reset' } });
    await shop.reset();
    expect(shop.requests).toEqual([]);
    expect((await read('orders', { sort: 'id asc' })).results).toEqual(seeded('order'));
  });

  it('gives copies of its resources', async () => {
    expect(await shop.get('category', WOMEN)).toEqual(seeded('category')[0]);
    expect(await shop.get('category', id('00000000', 0))).toBeUndefined();
  });
});

it('raises the version of a resource at each change, as commercetools does', async () => {
  const [seed = expect.unreachable()] = seeded('customer');
  const versions = [
    await shop.put('customer', seed),
    await shop.put('customer', { ...seed, version: 90 }),
    await shop.put('customer', seed),
  ].map(({ version }) => version - seed.version);
  expect(versions).toEqual([1, 90 - seed.version, 91 - seed.version]);
  expect(await read(`customers/${seed.id}`)).toMatchObject({ version: 91 });
});
