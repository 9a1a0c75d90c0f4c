import { CatalogItemEnum, type CatalogsApi, CatalogVariantEnum } from 'klaviyo-api';
import { LRUCache } from 'lru-cache';
import pMap from 'p-map';
import { accepted, allPages, catalogId, createOrUpdate, upsert } from './answers.ts';
import { KlaviyoError } from './error.ts';
import type { CatalogVariant, Stock } from './writes.ts';

const type = CatalogVariantEnum.CatalogVariant;
const CONCURRENCY = 10;
const REMEMBERED_ITEMS = 1000;

/** Writes catalog variants. */
export function variantWriter(api: CatalogsApi) {
  const remembered = new LRUCache<string, ReadonlySet<string>>({ max: REMEMBERED_ITEMS });

  const update = ({ id, ...attributes }: CatalogVariant) =>
    api.updateCatalogVariant(catalogId(id), {
      data: { type, id: catalogId(id), attributes: { ...attributes, published: true } },
    });

  const create = (itemId: string, { id, imageFullUrl, ...attributes }: CatalogVariant) =>
    api.createCatalogVariant({
      data: {
        type,
        attributes: { externalId: id, imageFullUrl: imageFullUrl ?? undefined, ...attributes, published: true },
        relationships: { item: { data: { type: CatalogItemEnum.CatalogItem, id: catalogId(itemId) } } },
      },
    });

  return {
    /** Klaviyo's ids of all variants of an item; none when there is no such item. */
    async idsOf(itemId: string): Promise<Set<string>> {
      const list = (pageCursor?: string) =>
        api.getVariantsForCatalogItem(catalogId(itemId), { fieldsCatalogVariant: ['external_id'], pageCursor });
      const variants = await allPages(list).catch((error: unknown) => {
        if (error instanceof KlaviyoError && error.status === 404) return [];
        throw error;
      });
      return new Set(variants.map(({ id }) => id));
    },

    /**
     * Updates the variants that this process has written before, which are likely to be there still; so they need not wait
     * for the item. Gives those that were there.
     */
    async updateRemembered(itemId: string, variants: CatalogVariant[]): Promise<CatalogVariant[]> {
      const ids = remembered.get(itemId);
      const likely = variants.filter(({ id }) => ids?.has(id));
      const isThere = await pMap(likely, (variant) => accepted(update(variant), 404), { concurrency: CONCURRENCY });
      return likely.filter((_, index) => isThere[index]);
    },

    /**
     * Creates or updates variants of an item that is there, and deletes those that it has no more.
     *
     * @param known Klaviyo's ids of the item's variants so far
     * @param updated the ones that have been written already
     */
    async replace(
      itemId: string,
      variants: CatalogVariant[],
      known: ReadonlySet<string>,
      updated: readonly CatalogVariant[],
    ): Promise<void> {
      const write = (variant: CatalogVariant) => {
        const updating = () => update(variant);
        const creating = () => create(itemId, variant);
        return known.has(catalogId(variant.id)) ? upsert(updating, creating) : createOrUpdate(creating, updating);
      };
      const left = variants.filter((variant) => !updated.includes(variant));
      await pMap(left, write, { concurrency: CONCURRENCY });
      const wanted = new Set(variants.map(({ id }) => catalogId(id)));
      const gone = [...known].filter((id) => !wanted.has(id));
      await pMap(gone, (id) => accepted(api.deleteCatalogVariant(id), 404), { concurrency: CONCURRENCY });
      remembered.set(itemId, new Set(variants.map(({ id }) => id)));
    },

    /** Sets the stock of a variant; one that Klaviyo does not have comes with its item. */
    async setStock(id: string, stock: Stock): Promise<void> {
      await accepted(
        api.updateCatalogVariant(catalogId(id), { data: { type, id: catalogId(id), attributes: { ...stock } } }),
        404,
      );
    },
  };
}
