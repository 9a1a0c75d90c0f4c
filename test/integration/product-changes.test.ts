import type { ProductVariant } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { priceDeleted, priceUpdated, productUpdated, published } from './notifications.ts';
import { functionForAll } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [jeans, , backpack, , , stove] = seeded('product');
if (!jeans || !backpack || !stove) throw new Error('The seed lacks products');

const writes = () =>
  klaviyo.requests.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`])).sort();
const reads = () => shop.requests.filter(({ path }) => !path.startsWith('/oauth')).length;
const item = (id: string) => `/api/catalog-items/$custom:::$default:::${id}`;
const variant = (sku: string) => `/api/catalog-variants/$custom:::$default:::${sku}`;

/** Klaviyo has the product; what was asked so far does not count. */
async function synced(id: string): Promise<void> {
  await push(published(id));
  klaviyo.requests.length = 0;
  shop.requests.length = 0;
}

/** Changes what is published of the jeans, as `staged: false` does. */
async function change(edit: (variants: ProductVariant[]) => ProductVariant[], more: object = {}): Promise<void> {
  const { masterVariant, variants, ...data } = jeans?.masterData.current ?? expect.unreachable();
  const [first = masterVariant, ...others] = edit([masterVariant, ...variants]);
  const current = { ...data, ...more, masterVariant: first, variants: others };
  const product = (await shop.get('product', jeans?.id ?? '')) ?? expect.unreachable();
  await shop.put('product', { ...product, masterData: { ...product.masterData, current } });
}

const updated = async () => productUpdated(jeans.id, (await shop.get('product', jeans.id))?.version);

describe('a product that is edited without a change of what is published', () => {
  test('costs one read, and nothing is written', async () => {
    await synced(jeans.id);
    const staged = { ...jeans.masterData.staged, name: { 'en-GB': 'Not yet' } };
    await shop.put('product', { ...jeans, masterData: { ...jeans.masterData, staged, hasStagedChanges: true } });

    expect(await push(await updated())).toBe(204);
    expect([reads(), writes()]).toEqual([1, []]);
    expect(klaviyo.requests).toHaveLength(3);
  });

  test('and is not published, costs one read and nothing of Klaviyo', async () => {
    await shop.unpublish(jeans.id);
    shop.requests.length = 0;

    expect(await push(await updated())).toBe(204);
    expect([reads(), klaviyo.requests]).toEqual([1, []]);
    expect(log).toMatchObject([{ outcome: 'ignored' }]);
  });
});

describe('a product that changes without a publication', () => {
  test('has its new price, and what is the same is not written', async () => {
    await synced(jeans.id);
    const prices = jeans.masterData.current.masterVariant.prices;
    await change((variants) => variants.map((one) => (one.sku === 'JEANS-IND-31' ? { ...one, prices } : one)));

    expect(await push(await updated())).toBe(204);
    expect(klaviyo.variant('JEANS-IND-31')?.price).toBe(79.95);
    expect(decodeURIComponent(writes().join())).toBe(`PATCH ${variant('JEANS-IND-31')}`);
  });

  test('has the discount of a product discount in its item as well', async () => {
    await synced(jeans.id);
    await change(([first, ...others]) => {
      const prices = first?.prices?.map(({ discounted: _, ...price }) => price);
      return first ? [{ ...first, prices }, ...others] : others;
    });

    expect(await push(await updated())).toBe(204);
    expect(klaviyo.item(jeans.id)?.price).toBe(99.95);
    expect(klaviyo.variant('JEANS-IND-27')?.price).toBe(99.95);
    expect(decodeURIComponent(writes().join())).toBe(`PATCH ${item(jeans.id)},PATCH ${variant('JEANS-IND-27')}`);
  });

  test('has its new categories', async () => {
    await synced(jeans.id);
    await change((variants) => variants, { categories: backpack.masterData.current.categories });

    expect(await push(await updated())).toBe(204);
    expect(klaviyo.item(jeans.id)?.categories).toHaveLength(3);
    const relations = writes().filter((write) => write.startsWith('PATCH'));
    expect(decodeURIComponent(relations.join())).toMatch(/relationships\/categories/);
    expect(writes().join()).not.toContain('catalog-variants');
  });

  test('has its new variant with the stock of the inventory, and a variant that is gone is gone', async () => {
    await synced(jeans.id);
    const [entry = expect.unreachable()] = seeded('inventory-entry');
    await shop.put('inventory-entry', { ...entry, id: ids.stock(99), sku: 'JEANS-NEW', availableQuantity: 6 });
    await change(([first, ...others]) => [
      ...(first ? [first, { ...first, id: 9, sku: 'JEANS-NEW' }] : []),
      ...others.filter(({ sku }) => sku !== 'JEANS-IND-32'),
    ]);

    expect(await push(await updated())).toBe(204);
    expect(klaviyo.variant('JEANS-NEW')).toMatchObject({ price: 79.95, inventory_quantity: 6, inventory_policy: 1 });
    expect(klaviyo.variant('JEANS-IND-32')).toBeUndefined();
    expect(decodeURIComponent(writes().join())).toBe(`DELETE ${variant('JEANS-IND-32')},POST /api/catalog-variants`);
  });

  test('comes whole, with its stock, when Klaviyo does not know it', async () => {
    expect(await push(await updated())).toBe(204);
    expect(klaviyo.item(jeans.id)).toMatchObject({ published: true, title: 'Straight Jeans Indigo' });
    expect(klaviyo.variant('JEANS-IND-27')).toMatchObject({ inventory_quantity: 12, inventory_policy: 1 });
  });

  test('is shown again when Klaviyo has it hidden', async () => {
    await synced(jeans.id);
    Object.assign(klaviyo.item(jeans.id) ?? {}, { published: false });

    expect(await push(await updated())).toBe(204);
    expect(klaviyo.item(jeans.id)?.published).toBe(true);
  });

  test('is hidden when it is unpublished while it is written', async () => {
    await synced(jeans.id);
    await change((variants) => variants, { name: { 'en-GB': 'Other Jeans' } });
    const isWrite = ({ method, path }: { method: string; path: string }) =>
      method === 'PATCH' && !path.includes('variants');
    klaviyo.faults.add({ match: isWrite, effect: { kind: 'slow', milliseconds: 500 } });
    const isWritten = push(await updated());
    await expect.poll(() => klaviyo.requests.length).toBeGreaterThan(2);
    await shop.unpublish(jeans.id);

    expect(await isWritten).toBe(204);
    expect(klaviyo.item(jeans.id)?.published).toBe(false);
  });
});

describe('a Standalone price', () => {
  const cheap = ids.price(2);
  const other = ids.price(3);

  test('that changes is the price of its variant and of the item', async () => {
    await synced(stove.id);
    const price = (await shop.get('standalone-price', cheap)) ?? expect.unreachable();
    await shop.put('standalone-price', { ...price, value: { ...price.value, centAmount: 5990 } });

    expect(await push(priceUpdated(cheap))).toBe(204);
    expect([klaviyo.item(stove.id)?.price, klaviyo.variant('EMBER-STOVE')?.price]).toEqual([59.9, 59.9]);
  });

  test('that is deleted leaves the next one', async () => {
    await synced(stove.id);
    await shop.remove('standalone-price', cheap);

    expect(await push(priceDeleted(cheap, 'EMBER-STOVE'))).toBe(204);
    expect(klaviyo.variant('EMBER-STOVE')?.price).toBe(69.9);
  });

  test('that is not selected is read twice in commercetools, and nothing is written', async () => {
    await synced(stove.id);

    expect(await push(priceUpdated(other))).toBe(204);
    expect([reads(), writes()]).toEqual([2, []]);
  });

  test('that is gone is told by the message of its deletion', async () => {
    await shop.remove('standalone-price', cheap);

    expect(await push(priceUpdated(cheap))).toBe(204);
    expect(log).toMatchObject([{ outcome: 'gone' }]);
  });
});
