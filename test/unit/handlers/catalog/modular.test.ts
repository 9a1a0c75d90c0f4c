import { beforeEach, describe, expect, it } from 'vitest';
import { RetryableError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const stove = ids.product(6);
const modular = { catalog: { model: 'modular' } };
const published = () =>
  notification('ProductPublished', { resource: { typeId: 'product', id: stove }, resourceVersion: 1 });

/** Makes the stove a product of the Modular Catalog, with these variants. */
async function split(...variants: Fields[]) {
  const product = (await local.shop.get('product', stove)) ?? expect.unreachable();
  const { masterVariant, ...current } = product.masterData.current;
  const separate = variants.map((fields) => ({ ...masterVariant, prices: [], ...fields }));
  const masterData = { ...product.masterData, current: { ...current, variants: separate } };
  await local.shop.put('product', Object.assign(product, { masterData }));
}

describe('a product of the Modular Catalog', () => {
  beforeEach(() => split({ id: 2, sku: 'EMBER-STOVE-XL' }, { id: 1, sku: 'EMBER-STOVE' }));

  it('has its variants from where they are, the default one first, each with its Standalone price', async () => {
    expect(await local.plan(published(), modular)).toMatchObject([
      {
        kind: 'upsertItem',
        item: {
          id: stove,
          title: 'Ember Camp Stove',
          price: 64.9,
          customMetadata: { price_json: expect.stringContaining('"price_EUR":64.9') },
          variants: [
            { id: 'EMBER-STOVE', price: 64.9, inventoryQuantity: expect.any(Number) },
            { id: 'EMBER-STOVE-XL', price: 0 },
          ],
        },
      },
    ]);
  });

  it('is found by the SKU of a price', async () => {
    expect(await local.plan(notification('ResourceUpdated.standalone-price'), modular)).toMatchObject([
      { kind: 'upsertItem', ifChanged: true, item: { id: stove, price: 64.9 } },
    ]);
  });

  it('takes the variant with the lowest number where there is no default one', async () => {
    await split({ id: 7, sku: 'B' }, { id: 3, sku: 'A' });
    const [write] = await local.plan(published(), modular);
    expect(Object(write).item.variants.map(({ id }: { id: string }) => id)).toEqual(['A', 'B']);
  });

  it('waits for its first variant', async () => {
    await split();
    expect(await rejectionOf(local.plan(published(), modular))).toBeInstanceOf(RetryableError);
  });

  it('of no variant that has the SKU asks for nothing', async () => {
    await split({ id: 1, sku: 'ANOTHER' });
    expect(await local.plan(notification('ResourceUpdated.standalone-price'), modular)).toEqual([]);
  });
});

it('a product with a master variant is read at once, as while a project is migrated', async () => {
  const [write] = await local.plan(published(), modular);
  expect(write).toMatchObject({ item: { id: stove, price: 64.9, variants: [{ id: 'EMBER-STOVE' }] } });
  expect(local.shop.requests.filter(({ path }) => path.includes('variant-projections'))).toEqual([]);
});
