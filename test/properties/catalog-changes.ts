import * as fc from 'fast-check';
import type { Shop } from '../doubles/shop/index.ts';
import type { Resources } from '../doubles/shop/seed.ts';
import * as told from '../integration/notifications.ts';
import { deleted, seed } from './changes.ts';
import type { Change } from './interleavings.ts';

/** A product with two variants, in the category kitchen. */
export const cartridge = seed('product', 3);

/** The stock of one of its variants. */
const stock = seed('inventory-entry', 10);

/** The categories from the root down to the product's. */
export const [equipment, kitchen] = [seed('category', 6), seed('category', 8)];

/** The product as the shop has it now, or as it was seeded when the shop has none. */
const current = async (shop: Shop): Promise<Resources['product']> =>
  (await shop.get('product', cartridge.id)) ?? cartridge;

/** The product is published by one of two names, with all of its variants or one. */
export const publish = fc
  .record({ name: fc.constantFrom('Gas', 'Fuel'), isOneVariant: fc.boolean() })
  .map(({ name, isOneVariant }): Change => {
    const seeded = cartridge.masterData.current;
    const data = { ...seeded, name: { 'en-GB': name }, variants: isOneVariant ? [] : seeded.variants };
    return {
      name: `${name} is published with ${isOneVariant ? 'one variant' : 'all variants'}`,
      async make(shop) {
        const product = await current(shop);
        const masterData = { ...product.masterData, current: data, staged: data, published: true };
        const { version } = await shop.put('product', { ...product, masterData });
        return [told.published(cartridge.id, version)];
      },
    };
  });

/** What is published of the product gets another name without a publication, or an edit waits for one. */
export const revise = fc.record({ name: fc.constantFrom('Gas', 'Camp Gas'), isStaged: fc.boolean() }).map(
  ({ name, isStaged }): Change => ({
    name: `the product is ${isStaged ? 'to be named' : 'named'} ${name}`,
    async make(shop) {
      const product = await shop.get('product', cartridge.id);
      if (!product) return [];
      const part = isStaged ? 'staged' : 'current';
      const data = { ...product.masterData[part], name: { 'en-GB': name } };
      const { version } = await shop.put('product', {
        ...product,
        masterData: { ...product.masterData, [part]: data },
      });
      return [told.productUpdated(cartridge.id, version)];
    },
  }),
);

/** The product is taken off the shelves. */
export const unpublish: Change = {
  name: 'the product is unpublished',
  async make(shop) {
    const product = await current(shop);
    const masterData = { ...product.masterData, published: false };
    const { version } = await shop.put('product', { ...product, masterData });
    return [told.unpublished(cartridge.id, version)];
  },
};

/** The product is deleted. */
export const discard: Change = {
  name: 'the product is deleted',
  async make(shop) {
    await shop.remove('product', cartridge.id);
    return [deleted('product', cartridge.id)];
  },
};

/** The entry that counts the stock, or did last: commercetools gives no id twice. */
let entry = stock;

/** Puts the stock where a story begins. */
export async function beginStock(shop: Shop): Promise<void> {
  await shop.remove('inventory-entry', entry.id);
  entry = stock;
  await shop.put('inventory-entry', stock);
}

/** One of the product's variants is counted anew. */
export const stockBecomes = fc.constantFrom(0, 1, 500).map(
  (availableQuantity): Change => ({
    name: `the stock becomes ${availableQuantity}`,
    async make(shop) {
      if (!(await shop.get('inventory-entry', entry.id))) entry = { ...stock, id: crypto.randomUUID() };
      await shop.put('inventory-entry', { ...entry, availableQuantity });
      return [told.stockChanged(entry.id, stock.sku)];
    },
  }),
);

/** The variant is not counted any more. */
export const stockGoes: Change = {
  name: 'the stock is not counted any more',
  async make(shop) {
    await shop.remove('inventory-entry', entry.id);
    return [told.stockDeleted(entry.id, stock.sku)];
  },
};

/** A category gets one of two names. */
export const rename = (category: Resources['category']) =>
  fc.constantFrom('Gear', 'Tools').map(
    (name): Change => ({
      name: `${category.key} is renamed to ${name}`,
      async make(shop) {
        await shop.put('category', { ...category, name: { 'en-GB': name } });
        return [told.categoryUpdated(category.id)];
      },
    }),
  );

/** The category of the product is deleted. */
export const closeKitchen: Change = {
  name: 'the category of the product is deleted',
  async make(shop) {
    await shop.remove('category', kitchen.id);
    return [deleted('category', kitchen.id)];
  },
};

/** Its categories are told of, so that it does not matter whether Klaviyo has come to know them through the product. */
export const categoriesAreCreated: Change = {
  name: 'the categories are created',
  make: async () => [equipment, kitchen].map(({ id }) => told.categoryCreated(id)),
};

/** The product is published as it was seeded. */
export const republish: Change = {
  name: 'the product is published',
  make: async () => [told.published(cartridge.id)],
};
