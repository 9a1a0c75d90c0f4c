import type { CatalogsApi } from 'klaviyo-api';
import pMap from 'p-map';
import type { CatalogCategory } from '../writes.ts';
import { accepted, allPages, catalogId, upsert } from './answers.ts';
import { categoryCreation, categoryUpdate } from './catalog-body.ts';

const CONCURRENCY = 5;
/** Keeps the URL of a list under 8 KB. */
const IDS_A_LIST = 50;

/** Writes catalog categories. */
export function categoryWriter(api: CatalogsApi) {
  const update = (category: CatalogCategory) =>
    api.updateCatalogCategory(catalogId(category.id), { data: categoryUpdate(category) });

  const create = (category: CatalogCategory) => api.createCatalogCategory({ data: categoryCreation(category) });

  const upsertOne = (category: CatalogCategory) =>
    upsert(
      () => update(category),
      () => create(category),
    );

  /** Returns those of the given categories that Klaviyo lacks or has under another name. */
  async function outdated(categories: CatalogCategory[]): Promise<CatalogCategory[]> {
    const ids = categories.map(({ id }) => JSON.stringify(catalogId(id)));
    const names = new Map<string, unknown>();
    for (let start = 0; start < ids.length; start += IDS_A_LIST) {
      const filter = `any(ids,[${ids.slice(start, start + IDS_A_LIST).join(',')}])`;
      const known = await allPages((pageCursor) => api.getCatalogCategories({ filter, pageCursor }));
      for (const { id, attributes } of known) names.set(id, attributes?.name);
    }
    return categories.filter(({ id, name }) => names.get(catalogId(id)) !== name);
  }

  return {
    /** Writes a category, and those of its descendants whose breadcrumb differs from Klaviyo's. */
    async upsert(category: CatalogCategory, descendants: CatalogCategory[]): Promise<void> {
      await upsertOne(category);
      if (descendants.length > 0) await pMap(await outdated(descendants), upsertOne, { concurrency: CONCURRENCY });
    },

    /** Creates those categories that Klaviyo lacks. */
    async createMissing(categories: CatalogCategory[]): Promise<void> {
      await pMap(categories, (category) => accepted(create(category), 409), { concurrency: CONCURRENCY });
    },

    async delete(id: string): Promise<void> {
      await accepted(api.deleteCatalogCategory(catalogId(id)), 404);
    },
  };
}
