import type { Category, InventoryEntry, Product } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { runCategories } from '../../shared/history/catalog/categories.ts';
import { runProducts } from '../../shared/history/catalog/products.ts';
import type { History } from '../../shared/history/history.ts';
import { catalogId } from '../../shared/klaviyo/writers/answers.ts';
import type { Item, Variant } from '../doubles/klaviyo/state.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { differencesOf, historyForAll, type TestHistory, writesOf } from './history.ts';

const { shop, klaviyo, run, set } = await historyForAll();

const [women, pants, jeans] = seeded('category');
const [trousers, jacket] = seeded('product');
const [stock] = seeded('inventory-entry');
if (!women || !pants || !jeans || !trousers || !jacket || !stock) throw new Error('The seed lacks something');

const SKU = String(trousers.masterData.current.masterVariant.sku);
const hidden = ids.product(5);

async function runCatalog(history: History): Promise<void> {
  await runCategories(history);
  await runProducts(history);
}

const repair = (given: Parameters<typeof run>[1] = {}) => run(runCatalog, given);
const compare = (given: Parameters<typeof run>[1] = {}) => run(runCatalog, { ...given, repair: false });
const item = (id = trousers.id): Item => klaviyo.item(id) ?? expect.unreachable();
const variant = (sku = SKU): Variant => klaviyo.variant(sku) ?? expect.unreachable();
const differing = (subject: string, id: string, ...fields: string[]) => ({ subject, what: 'differing', id, fields });

/** Adds so many products to the five of the seed that they are repaired in bulk, and returns them. */
async function addProducts(count = 250): Promise<Product[]> {
  const many = Array.from({ length: count }, (_, number) => likeJacket(number + 1000));
  for (const product of many) await shop.put('product', product);
  return many;
}

const skuOf = (product: Product): string => String(product.masterData.current.masterVariant.sku);

function likeJacket(number: number): Product {
  const { masterData, ...product } = jacket as Product;
  const { current } = masterData;
  const masterVariant = { ...current.masterVariant, sku: `JACKET-${number}` };
  const own = { ...current, name: { 'en-GB': `Jacket ${number}` }, masterVariant, variants: [] };
  return { ...product, id: ids.product(number), key: `jacket-${number}`, masterData: { ...masterData, current: own } };
}

async function addCategories(count = 250): Promise<Category[]> {
  const many = Array.from({ length: count }, (_, number) => ({
    ...(jeans as Category),
    id: ids.category(number + 1000),
    name: { 'en-GB': `No. ${number}` },
  }));
  for (const category of many) await shop.put('category', category);
  return many;
}

const stockOf = (sku: string, number: number, availableQuantity: number): InventoryEntry => ({
  ...(stock as InventoryEntry),
  id: ids.stock(number),
  sku,
  availableQuantity,
  quantityOnStock: availableQuantity,
});

/** Something that happens while Klaviyo works on the first jobs of a kind. */
const duringJobs =
  (kind: 'category' | 'item' | 'variant', happen: () => Promise<unknown>) =>
  (history: TestHistory): TestHistory => {
    const { account } = history;
    const writeEntries: typeof account.writeEntries = async (of, how, entries) => {
      if (of === kind) await happen();
      return account.writeEntries(of, how, entries);
    };
    return { ...history, account: { ...account, writeEntries } };
  };

describe.each([
  ['few', 0],
  ['many', 250],
])('an empty account, with %s products and categories to fill it', (_, count) => {
  const add = async () => {
    await addCategories(count);
    await addProducts(count);
  };

  test('has the catalog of the shop, with its stock', async () => {
    await add();
    const report = await repair();
    expect(klaviyo.state.categories).toHaveLength(10 + count);
    expect(klaviyo.state.items).toHaveLength(5 + count);
    expect(klaviyo.category(jeans.id)?.name).toBe('Women > Pants > Jeans');
    expect(item().categories.toSorted()).toEqual([women, pants, jeans].map(({ id }) => catalogId(id)).toSorted());
    expect(variant()).toMatchObject({ inventory_quantity: stock.availableQuantity, published: true });
    expect(report.isEqual()).toBe(true);
    expect(report.rows()).toMatchObject([
      { subject: 'category', commercetools: 10 + count, klaviyo: 10 + count, repaired: 10 + count },
      { subject: 'item', commercetools: 5 + count, klaviyo: 5 + count, repaired: 5 + count },
      { subject: 'variant', klaviyo: klaviyo.state.variants.size, repaired: klaviyo.state.variants.size },
    ]);
  });

  test('is equal after that, and a second run writes nothing', async () => {
    await add();
    await repair();
    klaviyo.requests.length = 0;
    const report = await repair();
    expect(report.isEqual()).toBe(true);
    expect(report.rows()).toMatchObject([{ klaviyo: 10 + count }, { klaviyo: 5 + count }, { repaired: 0 }]);
    expect(writesOf(klaviyo)).toEqual([]);
  });
});

test('a run that only compares reports what is missing, and writes nothing', async () => {
  const report = await compare();
  expect(differencesOf(report)).toContainEqual({ subject: 'category', what: 'missing', id: women.id });
  expect(differencesOf(report)).toContainEqual({ subject: 'item', what: 'missing', id: trousers.id });
  expect(differencesOf(report)).toContainEqual({ subject: 'variant', what: 'missing', id: SKU });
  expect(writesOf(klaviyo)).toEqual([]);
});

describe('what differs is named exactly and repaired', () => {
  test.each<[string, () => unknown, object]>([
    ['the name of a category', () => rename(), differing('category', pants.id, 'name')],
    ['the title of an item', () => (item().title = 'Hose'), differing('item', trousers.id, 'title')],
    ['the price of an item', () => (item().price = 1), differing('item', trousers.id, 'price')],
    ['an item that is hidden', () => (item().published = false), differing('item', trousers.id, 'published')],
    ['the metadata of an item', () => (item().custom_metadata = {}), differing('item', trousers.id, 'custom_metadata')],
    ['the categories of an item', () => item().categories.pop(), differing('item', trousers.id, 'categories')],
    [
      'the stock of a variant',
      () => (variant().inventory_quantity = 1),
      differing('variant', SKU, 'inventory_quantity'),
    ],
    ['a variant that is hidden', () => (variant().published = false), differing('variant', SKU, 'published')],
    ['a variant', () => klaviyo.state.variants.delete(SKU), { subject: 'variant', what: 'missing', id: SKU }],
    ['the item of a variant', () => (variant().item = item(jacket.id).id), differing('variant', SKU, 'item')],
  ])('%s', async (_, change, difference) => {
    await repair();
    change();
    expect(differencesOf(await compare())).toContainEqual(difference);

    const report = await repair();
    expect(report.isEqual()).toBe(true);
    expect((await compare()).isEqual()).toBe(true);
  });

  const rename = () => Object.assign(klaviyo.category(pants.id) ?? {}, { name: 'Women > Trousers' });

  test('by nothing but what differs', async () => {
    await repair();
    item().title = 'Hose';
    expect(differencesOf(await compare())).toEqual([differing('item', trousers.id, 'title')]);
  });
});

describe('many products', () => {
  test('are written by jobs, items before variants', async () => {
    await run(runCategories);
    klaviyo.requests.length = 0;
    await addProducts();
    await repair();
    expect(new Set(writesOf(klaviyo))).toEqual(
      new Set(['POST catalog-item-bulk-create-jobs', 'POST catalog-variant-bulk-create-jobs']),
    );
  });

  test('that differ are updated by jobs', async () => {
    const many = await addProducts();
    await repair();
    klaviyo.requests.length = 0;
    for (const product of many) Object.assign(item(product.id), { title: 'Coat' });
    for (const product of many) Object.assign(variant(skuOf(product)), { price: 1 });
    const report = await repair();
    expect(report.isEqual()).toBe(true);
    expect(new Set(writesOf(klaviyo))).toEqual(
      new Set(['POST catalog-item-bulk-update-jobs', 'POST catalog-variant-bulk-update-jobs']),
    );
    expect((await compare()).isEqual()).toBe(true);
  });

  test('of which jobs fail for some are complete in the end', async () => {
    await addCategories();
    await addProducts();
    set('jobFailures', 0.05);
    const report = await repair();
    expect(report.isEqual()).toBe(true);
    expect((await compare()).isEqual()).toBe(true);
  });

  test('among which variants belong to another item have their own', async () => {
    const [first, second, ...others] = await addProducts();
    if (!first || !second) throw new Error('No products were added');
    await repair();
    variant(skuOf(first)).item = item(second.id).id;
    for (const product of others) Object.assign(item(product.id), { title: 'Coat' });
    const report = await repair();
    expect(report.isEqual()).toBe(true);
    expect(variant(skuOf(first)).item).toBe(catalogId(first.id));
    expect((await compare()).isEqual()).toBe(true);
  });
});

describe('while a job waits', () => {
  test('a category that is renamed keeps its new name', async () => {
    const [category] = await addCategories();
    if (!category) throw new Error('No category was added');
    const renamed = { ...category, name: { 'en-GB': 'Renamed' } };
    await repair({ around: duringJobs('category', () => shop.put('category', renamed)) });
    expect(klaviyo.category(category.id)?.name).toBe('Women > Pants > Renamed');
  });

  test('a category that is deleted stays deleted', async () => {
    const [category] = await addCategories();
    if (!category) throw new Error('No category was added');
    await repair({ around: duringJobs('category', () => shop.remove('category', category.id)) });
    expect(klaviyo.category(category.id)).toBeUndefined();
  });

  test('stock that changes is not overwritten', async () => {
    await addProducts();
    await repair({ around: duringJobs('variant', () => shop.put('inventory-entry', stockOf(SKU, 1, 99))) });
    expect(variant().inventory_quantity).toBe(99);
  });

  test('a product that is unpublished stays hidden', async () => {
    await addProducts();
    await repair({ around: duringJobs('item', () => shop.unpublish(trousers.id)) });
    expect(item().published).toBe(false);
  });

  test('a product that is deleted stays deleted', async () => {
    await addProducts();
    await repair({ around: duringJobs('item', () => shop.remove('product', trousers.id)) });
    expect(klaviyo.item(trousers.id)).toBeUndefined();
  });
});

describe('what only Klaviyo has', () => {
  /** An unpublished item that is shown, a deleted item, a deleted category, and a variant that its product has no more. */
  async function leaveBehind(): Promise<void> {
    await shop.publish(hidden);
    await repair();
    await shop.unpublish(hidden);
    await shop.remove('product', ids.product(2));
    await shop.remove('category', ids.category(10));
    const { id, external_id } = variant();
    klaviyo.state.variants.set('SURPLUS', {
      ...variant(),
      id: id.replace(external_id, 'SURPLUS'),
      ...{ external_id: 'SURPLUS', sku: 'SURPLUS', created: klaviyo.state.stamp() },
    });
  }

  const surplus = { subject: 'variant', what: 'extra', id: 'SURPLUS' };
  const others = [
    { subject: 'category', what: 'extra', id: ids.category(10) },
    { subject: 'item', what: 'extra', id: ids.product(2) },
    { subject: 'item', what: 'extra', id: hidden },
  ];

  test('is reported where the options say so', async () => {
    await leaveBehind();
    const found = differencesOf(await repair({ extras: true }));
    expect(found).toEqual(expect.arrayContaining([surplus, ...others]));
    expect(klaviyo.variant('SURPLUS')).toBeDefined();
    expect(klaviyo.item(ids.product(2))?.published).toBe(true);
  });

  test('is not looked for otherwise, but for variants of items', async () => {
    await leaveBehind();
    const found = differencesOf(await compare());
    expect(found).toContainEqual(surplus);
    expect(found.filter(({ what }) => what === 'extra')).toHaveLength(1);
  });

  test('stays where the item that has it is repaired, and is no repair', async () => {
    await leaveBehind();
    item().title = 'Changed';
    const report = await repair();
    expect(item().title).not.toBe('Changed');
    expect(klaviyo.variant('SURPLUS')).toBeDefined();
    expect(differencesOf(report)).toEqual([surplus]);
    expect((await repair({ deleteExtras: true })).isEqual()).toBe(true);
    expect(klaviyo.variant('SURPLUS')).toBeUndefined();
  });

  test('is hidden or deleted where the options say so', async () => {
    await leaveBehind();
    const report = await repair({ extras: true, deleteExtras: true });
    expect(report.isEqual()).toBe(true);
    expect(klaviyo.item(hidden)).toMatchObject({ published: false });
    expect(klaviyo.item(ids.product(2))).toBeUndefined();
    expect(klaviyo.category(ids.category(10))).toBeUndefined();
    expect(klaviyo.variant('SURPLUS')).toBeUndefined();
    expect((await compare({ extras: true })).isEqual()).toBe(true);
  });

  test('is nothing that commercetools has, though it cannot be mapped', async () => {
    await repair();
    const { masterData } = trousers;
    const current = { ...masterData.current, name: JSON.parse('{ "en-GB": 1 }') };
    await shop.put('product', { ...trousers, masterData: { ...masterData, current } });
    expect((await repair({ extras: true, deleteExtras: true })).isEqual()).toBe(true);
    expect(item().published).toBe(true);
  });

  test('is an entry of somebody else, too, whose id is none of commercetools', async () => {
    await repair();
    const { categories, items } = klaviyo.state;
    const sample = { id: catalogId('SAMPLE'), external_id: 'SAMPLE', created: klaviyo.state.stamp() };
    categories.set('SAMPLE', { ...(klaviyo.category(pants.id) ?? expect.unreachable()), ...sample });
    items.set('SAMPLE', { ...item(), ...sample, categories: [] });
    await repair({ extras: true, deleteExtras: true });
    expect(klaviyo.category('SAMPLE')).toBeUndefined();
    expect(klaviyo.item('SAMPLE')).toBeUndefined();
  });
});

test('nothing is done where the handlers are switched off', async () => {
  await repair({ settings: { handlers: { disabled: ['category', 'product'] } } });
  expect(klaviyo.requests).toEqual([]);
});
