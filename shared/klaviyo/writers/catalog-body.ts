import { CatalogCategoryEnum, CatalogItemEnum, CatalogVariantEnum } from 'klaviyo-api';
import type { CatalogCategory, CatalogItem, CatalogVariant } from '../writes.ts';
import { catalogId } from './answers.ts';

const ITEM = { type: CatalogItemEnum.CatalogItem };
const VARIANT = { type: CatalogVariantEnum.CatalogVariant };
const CATEGORY = { type: CatalogCategoryEnum.CatalogCategory };

/** Returns a category that Klaviyo has, as it is to be. */
export const categoryUpdate = ({ id, name }: CatalogCategory) => ({
  ...CATEGORY,
  id: catalogId(id),
  attributes: { name },
});

/** Returns a category that Klaviyo does not have yet. */
export const categoryCreation = ({ id, name }: CatalogCategory) => ({
  ...CATEGORY,
  attributes: { externalId: id, name },
});

/** Returns references to the categories of an item. */
export const categoryReferences = ({ categories }: CatalogItem) =>
  categories.map(({ id }) => ({ ...CATEGORY, id: catalogId(id) }));

/** Returns an item that Klaviyo has, as it is to be, without its categories. */
export const itemUpdate = ({ id, variants, categories, ...attributes }: CatalogItem) => ({
  ...ITEM,
  id: catalogId(id),
  attributes: { ...attributes, published: true },
});

/** Returns an item that Klaviyo does not have yet, with its categories, which Klaviyo must have. */
export const itemCreation = (item: CatalogItem) => {
  const { id, variants, categories, ...attributes } = item;
  return {
    ...ITEM,
    attributes: { externalId: id, ...attributes, published: true },
    relationships: { categories: { data: categoryReferences(item) } },
  };
};

/** Returns a variant that Klaviyo has, as it is to be. */
export const variantUpdate = ({ id, ...attributes }: CatalogVariant) => ({
  ...VARIANT,
  id: catalogId(id),
  attributes: { ...attributes, published: true },
});

/** Returns a variant that Klaviyo does not have yet, under its item, which Klaviyo must have. Klaviyo takes none without stock. */
export const variantCreation = (
  itemId: string,
  { id, imageFullUrl, ...others }: CatalogVariant & { inventoryQuantity: number },
) => ({
  ...VARIANT,
  attributes: { externalId: id, imageFullUrl: imageFullUrl ?? undefined, ...others, published: true },
  relationships: { item: { data: { ...ITEM, id: catalogId(itemId) } } },
});
