import { CatalogCategoryEnum, CatalogItemEnum, type CatalogsApi } from 'klaviyo-api';
import type { CatalogItem } from '../writes.ts';
import { accepted, catalogId } from './answers.ts';
import type { categoryWriter } from './categories.ts';
import type { variantWriter } from './variants.ts';

const type = CatalogItemEnum.CatalogItem;

/** Writes catalog items with what they need: their categories before them, their variants after them. */
export function itemWriter(
  api: CatalogsApi,
  categoriesOf: ReturnType<typeof categoryWriter>,
  variantsOf: ReturnType<typeof variantWriter>,
) {
  const related = ({ categories }: CatalogItem) =>
    categories.map(({ id }) => ({ type: CatalogCategoryEnum.CatalogCategory, id: catalogId(id) }));

  const update = ({ id, variants, categories, ...attributes }: CatalogItem) =>
    api.updateCatalogItem(catalogId(id), {
      data: { type, id: catalogId(id), attributes: { ...attributes, published: true } },
    });

  const create = (item: CatalogItem) => {
    const { id, variants, categories, ...attributes } = item;
    return api.createCatalogItem({
      data: {
        type,
        attributes: { externalId: id, ...attributes, published: true },
        relationships: { categories: { data: related(item) } },
      },
    });
  };

  /** Replaces the categories. Whether a PATCH of the item itself replaces or adds is not documented. */
  const replaceCategories = (item: CatalogItem) =>
    api.updateCategoriesForCatalogItem(catalogId(item.id), { data: related(item) });

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

  return {
    /** Creates or updates an item, its categories and its variants. Variants that the product no longer has are deleted. */
    async upsert(item: CatalogItem): Promise<void> {
      const { id, variants } = item;
      const [isThere, hasCategories, known, updated] = await Promise.all([
        accepted(update(item), 404),
        accepted(replaceCategories(item), 404),
        variantsOf.idsOf(id),
        variantsOf.updateRemembered(id, variants),
      ]);
      if (!isThere) await createItem(item);
      else if (!hasCategories) await withCategories(item, () => replaceCategories(item));
      await variantsOf.replace(id, variants, known, updated);
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
