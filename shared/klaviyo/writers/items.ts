import { CatalogItemEnum, type CatalogsApi } from 'klaviyo-api';
import { StalePlanError } from '../../errors.ts';
import type { CatalogItem } from '../writes.ts';
import { accepted, allPages, catalogId, unlessRefused } from './answers.ts';
import { categoryReferences, itemCreation, itemUpdate } from './catalog-body.ts';
import type { categoryWriter } from './categories.ts';
import { isShown, readShown } from './shown.ts';
import { idSet, type variantWriter } from './variants.ts';

const type = CatalogItemEnum.CatalogItem;

/** Writes catalog items with what they need: their categories before them, their variants after them. */
export function itemWriter(
  api: CatalogsApi,
  categoriesOf: ReturnType<typeof categoryWriter>,
  variantsOf: ReturnType<typeof variantWriter>,
) {
  const update = (item: CatalogItem) => api.updateCatalogItem(catalogId(item.id), { data: itemUpdate(item) });

  const create = (item: CatalogItem) => api.createCatalogItem({ data: itemCreation(item) });

  /** Replaces the categories. Whether a PATCH of the item itself replaces or adds is not documented. */
  const replaceCategories = (item: CatalogItem) =>
    api.updateCategoriesForCatalogItem(catalogId(item.id), { data: categoryReferences(item) });

  /** Makes a call; if Klaviyo refuses it for an unknown category (404), creates the categories and makes the call again. */
  async function withCategories(item: CatalogItem, call: () => Promise<unknown>): Promise<void> {
    if (await accepted(call(), 404)) return;
    await categoriesOf.createMissing(item.categories);
    await call();
  }

  /** Creates an item; updates it if it was created in between (409). */
  async function createItem(item: CatalogItem): Promise<void> {
    if (
      await accepted(
        withCategories(item, () => create(item)),
        409,
      )
    )
      return;
    await update(item);
    await withCategories(item, () => replaceCategories(item));
  }

  /** Creates an item that Klaviyo refused to update, or categories that Klaviyo did not know. */
  async function complete(item: CatalogItem, isThere: boolean, hasCategories: boolean): Promise<void> {
    if (!isThere) await createItem(item);
    else if (!hasCategories) await withCategories(item, () => replaceCategories(item));
  }

  /** Returns Klaviyo's ids of the categories of an item; none when the item does not exist. */
  const categoryIdsOf = async (id: string): Promise<Set<string>> =>
    idSet(
      await unlessRefused(
        allPages((pageCursor) => api.getCategoryIdsForCatalogItem(catalogId(id), { pageCursor })),
        [],
        404,
      ),
    );

  return {
    /**
     * Creates or updates an item, its categories and its variants. Variants that the product no longer has are deleted, unless they
     * are kept.
     */
    async upsert(item: CatalogItem, keepsVariants = false): Promise<void> {
      const { id, variants } = item;
      const [isThere, hasCategories, known, updated] = await Promise.all([
        accepted(update(item), 404),
        accepted(replaceCategories(item), 404),
        variantsOf.idsOf(id),
        variantsOf.updateRemembered(id, variants),
      ]);
      await complete(item, isThere, hasCategories);
      await variantsOf.replace(id, variants, { known, updated, keepsOthers: keepsVariants });
    },

    /**
     * Reads what Klaviyo has of an item, its categories and its variants, and writes what differs. Returns whether anything did.
     */
    async change(item: CatalogItem): Promise<boolean> {
      const { id, variants, categories, ...attributes } = item;
      const [shown, categoryIds, known] = await Promise.all([
        readShown(api.getCatalogItem(catalogId(id))),
        categoryIdsOf(id),
        variantsOf.listOf(id),
      ]);
      const byId = new Map(known.map((variant) => [variant.id, variant]));
      const hasAttributes = isShown({ ...attributes, published: true }, shown);
      const hasCategories =
        categoryIds.symmetricDifference(new Set(categories.map((category) => catalogId(category.id)))).size === 0;
      const unchanged = variants.filter((variant) =>
        isShown({ ...variant, id: undefined, published: true }, byId.get(catalogId(variant.id))),
      );
      if (variants.some((one) => !byId.has(catalogId(one.id)) && one.inventoryQuantity === undefined))
        throw new StalePlanError('Klaviyo lacks a variant whose stock was not read');
      const hasVariants = unchanged.length === variants.length && known.length === variants.length;
      if (hasAttributes && hasCategories && hasVariants) return false;
      const [isThere, areThere] = await Promise.all([
        hasAttributes || accepted(update(item), 404),
        hasCategories || accepted(replaceCategories(item), 404),
      ]);
      await complete(item, isThere, areThere);
      await variantsOf.replace(id, variants, { known: idSet(known), updated: unchanged });
      return true;
    },

    /** Hides an item. An item that Klaviyo does not have needs no hiding. */
    async unpublish(id: string): Promise<void> {
      const attributes = { published: false };
      await accepted(api.updateCatalogItem(catalogId(id), { data: { type, id: catalogId(id), attributes } }), 404);
    },

    /** Deletes an item; Klaviyo deletes its variants with it. */
    async delete(id: string): Promise<void> {
      await accepted(api.deleteCatalogItem(catalogId(id)), 404);
    },
  };
}
