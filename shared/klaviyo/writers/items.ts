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

  /** Whether a PATCH of the item replaces its categories or adds to them is not documented; this call replaces them. */
  const relate = (item: CatalogItem) => api.updateCategoriesForCatalogItem(catalogId(item.id), { data: related(item) });

  /** Does what was refused because of an unknown category again, after creating the categories. */
  async function withCategories(item: CatalogItem, call: () => Promise<unknown>): Promise<void> {
    if (await accepted(call(), 404)) return;
    await categoriesOf.createMissing(item.categories);
    await call();
  }

  /** Creates an item; updates one that somebody else created in between. */
  async function createItem(item: CatalogItem): Promise<void> {
    if (
      await accepted(
        withCategories(item, () => create(item)),
        409,
      )
    )
      return;
    await update(item);
    await withCategories(item, () => relate(item));
  }

  return {
    /** Creates or updates an item, its categories and its variants; variants that it has no more are deleted. */
    async upsert(item: CatalogItem): Promise<void> {
      const { id, variants } = item;
      const [isThere, isRelated, known, updated] = await Promise.all([
        accepted(update(item), 404),
        accepted(relate(item), 404),
        variantsOf.idsOf(id),
        variantsOf.updateRemembered(id, variants),
      ]);
      if (!isThere) await createItem(item);
      else if (!isRelated) await withCategories(item, () => relate(item));
      await variantsOf.replace(id, variants, known, updated);
    },

    /** Hides an item; one that Klaviyo does not have needs no hiding. */
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
