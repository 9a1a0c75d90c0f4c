import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { idOf, published, unpublished } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [jeans, jacket, backpack] = seeded('product');
if (!jeans || !jacket || !backpack) throw new Error('The seed lacks products');

const klaviyoId = (id: string) => `$custom:::$default:::${id}`;
const category = (number: number) => klaviyoId(idOf('ca700000', number));
const sizes = ['27', '28', '29', '30', '31', '32'].map((size) => `JEANS-IND-${size}`);
const isProjection = ({ path }: { path: string }) => path.includes('/product-projections');
const isVariant = ({ path }: { path: string }) => path.startsWith('/api/catalog-variants');

test('a published product becomes an item with its categories and variants', async () => {
  expect(await push(fixture('ProductPublished'))).toBe(204);
  const shared = {
    title: 'Straight Jeans Indigo',
    description: 'Sturdy five-pocket jeans made of organic cotton.',
    url: 'https://shop.example.org/en-GB/straight-jeans-indigo',
    image_full_url: 'https://images.example.org/shop/jeans-indigo-front.jpg',
    published: true,
  };
  expect(klaviyo.item(jeans.id)).toMatchObject({
    ...{ id: klaviyoId(jeans.id), ...shared, price: 79.95 },
    categories: [category(1), category(2), category(3)],
  });
  expect(klaviyo.category(idOf('ca700000', 3))?.name).toBe('Women > Pants > Jeans');
  expect(klaviyo.variantsOf(jeans.id).map(({ external_id }) => external_id)).toEqual(expect.arrayContaining(sizes));
  expect(klaviyo.variant('JEANS-IND-27')).toMatchObject({
    ...{ id: klaviyoId('JEANS-IND-27'), ...shared, sku: 'JEANS-IND-27', item: klaviyoId(jeans.id), price: 79.95 },
    ...{ inventory_quantity: 12, inventory_policy: 1 },
  });
});

test('stock that is 0 is tracked, and what is not tracked is always in stock', async () => {
  await push(fixture('ProductPublished'));
  expect(klaviyo.variant('JEANS-IND-28')).toMatchObject({ inventory_quantity: 0, inventory_policy: 1 });
  expect(klaviyo.variant('JEANS-IND-31')).toMatchObject({ inventory_policy: 2 });
});

test('categories come before the item, and the item before its variants', async () => {
  await push(fixture('ProductPublished'));
  const created = klaviyo.requests.filter(({ method, status }) => method === 'POST' && status === 201);
  const order = created.map(({ path }) => path.split('/')[2]);

  expect(order).toEqual([
    ...Array(3).fill('catalog-categories'),
    'catalog-items',
    ...Array(6).fill('catalog-variants'),
  ]);
});

test('an item that fails leaves no variant behind', async () => {
  const match = ({ method, path }: { method: string; path: string }) =>
    method === 'POST' && path === '/api/catalog-items';
  klaviyo.faults.add({ match, times: Infinity, effect: { kind: 'status', status: 500 } });

  expect(await push(fixture('ProductPublished'))).toBe(500);
  expect(klaviyo.requests.filter((request) => isVariant(request) && request.method === 'POST')).toEqual([]);
  expect(klaviyo.state.variants).toHaveLength(0);
});

test('a variant without a SKU, an image and a description still has an identity', async () => {
  expect(await push(published(jacket.id))).toBe(204);
  expect(klaviyo.variant(`${jacket.id}-3`)).toMatchObject({
    ...{ sku: `${jacket.id}-3`, image_full_url: null, price: 299, item: klaviyoId(jacket.id), inventory_policy: 2 },
  });
  expect(await push(published(backpack.id))).toBe(204);
  expect(klaviyo.item(backpack.id)).toMatchObject({
    description: '',
    categories: [category(7), category(8), category(1)],
  });
});

test.each(['27" wide', "it's", 'a/b?c=d&e#f', 'ümlaut ☂', '100%'])('a SKU such as %s breaks nothing', async (sku) => {
  const { masterVariant } = jeans.masterData.current;
  const current = { ...jeans.masterData.current, masterVariant: { ...masterVariant, sku } };
  await shop.put('product', { ...jeans, masterData: { ...jeans.masterData, current } });

  for (let delivery = 0; delivery < 2; delivery++) expect(await push(published(jeans.id))).toBe(204);
  expect(klaviyo.variant(sku)).toMatchObject({ sku, item: klaviyoId(jeans.id), price: 79.95 });
  expect(klaviyo.variantsOf(jeans.id)).toHaveLength(6);
});

test('categories that the product has no more are taken from the item', async () => {
  await push(published(jeans.id));
  const current = { ...jeans.masterData.current, categories: backpack.masterData.current.categories };
  await shop.put('product', { ...jeans, masterData: { ...jeans.masterData, current } });

  expect(await push(published(jeans.id))).toBe(204);
  expect(klaviyo.item(jeans.id)?.categories).toEqual([category(7), category(8), category(1)]);
});

test('a category that cannot be expanded costs its own relation only', async () => {
  await shop.remove('category', idOf('ca700000', 8));

  expect(await push(published(backpack.id))).toBe(204);
  expect(klaviyo.item(backpack.id)).toMatchObject({ categories: [category(1)] });
  expect(klaviyo.variantsOf(backpack.id)).toHaveLength(1);
});

test('a product of the Modular Catalog is kept, and the log tells why', async () => {
  const body = { results: [{ id: jeans.id, version: jeans.version, name: {}, slug: {}, variants: [] }] };
  shop.faults.add({ match: isProjection, times: Infinity, effect: { kind: 'status', status: 200, body } });

  expect(await push(published(jeans.id))).toBe(500);
  const message = expect.stringMatching(new RegExp(`${jeans.id}.*Modular Catalog.*catalog.model.*dead-letter`));
  expect(log).toMatchObject([{ outcome: 'failed', error: { class: 'InvalidMessageError', message } }]);
});

test('what the query for a product does not show yet is waited for', async () => {
  await push(published(jeans.id));
  const older = klaviyo.item(jeans.id);
  await shop.put('product', { ...jeans, version: jeans.version + 1 });
  const body = { results: [{ ...jeans.masterData.current, id: jeans.id, version: jeans.version }] };
  shop.faults.add({ match: isProjection, effect: { kind: 'status', status: 200, body } });
  const notification = published(jeans.id, jeans.version + 1);

  expect(await push(notification)).toBe(500);
  expect(klaviyo.item(jeans.id)).toEqual(older);
  expect(await push(notification)).toBe(204);
});

test('metadata that is too large costs its largest part, with a warning', async () => {
  const name = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`en-x-${index}`, 'Jeans'.repeat(100)]));
  const current = { ...jeans.masterData.current, name: { ...jeans.masterData.current.name, ...name } };
  await shop.put('product', { ...jeans, masterData: { ...jeans.masterData, current } });

  expect(await push(published(jeans.id))).toBe(204);
  expect(Object.keys(klaviyo.item(jeans.id)?.custom_metadata ?? {})).toEqual([
    'slug_json',
    'price_json',
    'currency_json',
  ]);
  expect(klaviyo.variantsOf(jeans.id)).toHaveLength(6);
  expect(log).toMatchObject([
    { outcome: 'synced', warnings: [expect.stringMatching(/custom_metadata.*: title_json$/)] },
  ]);
});

test('a category that goes with its product while both are written does not come back', async () => {
  const match = ({ method, path }: { method: string; path: string }) =>
    method === 'POST' && path === '/api/catalog-items';
  klaviyo.faults.add({ match, effect: { kind: 'slow', milliseconds: 800 } });
  const isWritten = push(published(jeans.id));
  await sleep(400);
  await shop.remove('product', jeans.id);
  await shop.remove('category', idOf('ca700000', 3));

  expect(await isWritten).toBe(204);
  expect(klaviyo.state.items).toHaveLength(0);
  expect(klaviyo.category(idOf('ca700000', 3))).toBeUndefined();
});

describe('a product that is taken off the shelves', () => {
  test('is hidden', async () => {
    await push(published(jeans.id));
    await shop.unpublish(jeans.id);

    expect(await push(unpublished(jeans.id, 8))).toBe(204);
    expect(klaviyo.item(jeans.id)).toMatchObject({ published: false, title: 'Straight Jeans Indigo' });
  });

  test('or deleted with its variants, by the settings', async () => {
    const own = await functionForTest({ KLAVIYO_SYNC_SETTINGS: '{"catalog":{"onUnpublish":"delete"}}' });
    await own.push(published(jeans.id));
    await own.shop.unpublish(jeans.id);

    expect(await own.push(unpublished(jeans.id, 8))).toBe(204);
    expect([...own.klaviyo.state.items, ...own.klaviyo.state.variants]).toEqual([]);
    expect(await own.push(unpublished(jeans.id, 8))).toBe(204);
  });

  test('and is on them again by now, stays', async () => {
    await push(published(jeans.id));

    expect(await push(unpublished(jeans.id, jeans.version - 1))).toBe(204);
    expect(klaviyo.item(jeans.id)).toMatchObject({ published: true });
  });

  test('before its publication was synced is not published', async () => {
    await shop.unpublish(jeans.id);

    expect(await push(fixture('ProductPublished'))).toBe(204);
    expect(klaviyo.state.items).toHaveLength(0);
    expect(log).toMatchObject([{ outcome: 'synced' }]);
  });

  test('or deleted may be unknown to Klaviyo', async () => {
    expect(await push(fixture('ProductUnpublished'))).toBe(204);
    expect(await push(fixture('ResourceDeleted.product'))).toBe(204);
    expect(klaviyo.state.items).toHaveLength(0);
  });
});
