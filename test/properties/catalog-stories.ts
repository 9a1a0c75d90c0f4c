import * as fc from 'fast-check';
import type { Shop } from '../doubles/shop/index.ts';
import * as told from '../integration/notifications.ts';
import {
  beginStock,
  cartridge,
  categoriesAreCreated,
  closeKitchen,
  discard,
  equipment,
  kitchen,
  publish,
  rename,
  republish,
  revise,
  stockBecomes,
  stockGoes,
  unpublish,
} from './catalog-changes.ts';
import { seed, some } from './changes.ts';
import type { Story } from './interleavings.ts';

/** Other categories below the first one. */
const [backpacks, stoves] = [seed('category', 7), seed('category', 9)];

async function beginCatalog(shop: Shop): Promise<void> {
  // What is not told of must not be there, as it would come with the first category above it that is renamed.
  for (const { id } of [backpacks, stoves]) await shop.remove('category', id);
  await shop.put('product', cartridge);
  await beginStock(shop);
  await shop.put('category', equipment);
  await shop.put('category', kitchen);
}

async function wholeCatalog(shop: Shop) {
  const product = await shop.get('product', cartridge.id);
  const categories = await Promise.all([equipment, kitchen].map(({ id }) => shop.get('category', id)));
  return [
    ...categories.flatMap((category) => (category ? [told.categoryUpdated(category.id)] : [])),
    ...(product?.masterData.published ? [told.published(cartridge.id)] : []),
  ];
}

const catalogStory = (changes: Story['changes']): Story => ({ begin: beginCatalog, changes, whole: wholeCatalog });

const beginUnpublished = async (shop: Shop) => {
  await beginCatalog(shop);
  await shop.unpublish(cartridge.id);
};

/** A product is published, changed and unpublished, its variants come and go. */
export const productStory: Story = {
  ...catalogStory(
    some(4, publish, revise, fc.constant(unpublish)).map((changes) => [categoriesAreCreated, ...changes]),
  ),
  begin: beginUnpublished,
};

/** The same, until the product is deleted. */
export const deletedProductStory: Story = {
  ...productStory,
  changes: some(3, publish, revise, fc.constant(unpublish)).map((changes) => [
    categoriesAreCreated,
    ...changes,
    discard,
  ]),
};

/** Stock goes up and down, is no longer counted and counted again, while the product is published. */
export const stockStory = catalogStory(
  some(4, stockBecomes, fc.constant(stockGoes)).map((changes) => [categoriesAreCreated, republish, ...changes]),
);

/** Categories are renamed while a product in them is published. */
export const categoryStory = catalogStory(
  some(3, rename(equipment), rename(kitchen)).map((changes) => [categoriesAreCreated, republish, ...changes]),
);

/** A category is renamed and deleted, without a product in it. */
export const deletedCategoryStory: Story = {
  ...productStory,
  changes: some(2, rename(equipment), rename(kitchen)).map((changes) => [
    categoriesAreCreated,
    ...changes,
    closeKitchen,
  ]),
};
