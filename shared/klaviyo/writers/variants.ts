import { CatalogItemEnum, type CatalogsApi, CatalogVariantEnum } from 'klaviyo-api';
import { LRUCache } from 'lru-cache';
import pMap from 'p-map';
import { type Attempt, currentAttempt } from '../../attempt.ts';
import { PermanentError, RetryableError, StalePlanError } from '../../errors.ts';
import type { CatalogVariant, Stock } from '../writes.ts';
import { accepted, allPages, catalogId } from './answers.ts';

const type = CatalogVariantEnum.CatalogVariant;
const CONCURRENCY = 10;
const REMEMBERED_ITEMS = 1000;

/** Writes catalog variants. */
export function variantWriter(api: CatalogsApi) {
  const remembered = new LRUCache<string, ReadonlySet<string>>({ max: REMEMBERED_ITEMS });
  const lookedAgain = new WeakSet<Attempt>();

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

  const remove = (id: string) => accepted(api.deleteCatalogVariant(id), 404);

  /** Klaviyo's ids of all variants of an item; none when there is no such item. */
  async function idsOf(itemId: string): Promise<Set<string>> {
    const list = (pageCursor?: string) =>
      api.getVariantsForCatalogItem(catalogId(itemId), { fieldsCatalogVariant: ['external_id'], pageCursor });
    const variants = await allPages(list).catch((error: unknown) => {
      if (error instanceof PermanentError && error.status === 404) return [];
      throw error;
    });
    return new Set(variants.map(({ id }) => id));
  }

  /** Updates a variant that is the item's, and creates any other; false when Klaviyo has that already. */
  const write = async (itemId: string, variant: CatalogVariant, own: ReadonlySet<string>): Promise<boolean> =>
    (own.has(catalogId(variant.id)) && (await accepted(update(variant), 404))) ||
    accepted(create(itemId, variant), 409);

  /**
   * Writes variants that could not be created, as Klaviyo has them already. It moves none to another item, so another's is
   * deleted and made anew; but first, once an attempt, the plan is, as the variant may have left this item meanwhile.
   */
  async function take(itemId: string, variants: CatalogVariant[], own: ReadonlySet<string>): Promise<void> {
    const isOthers = ({ id }: CatalogVariant) => !own.has(catalogId(id));
    const attempt = currentAttempt();
    if (variants.some(isOthers) && !lookedAgain.has(attempt)) {
      lookedAgain.add(attempt);
      throw new StalePlanError('another item has a variant of this one');
    }
    const takeOne = async (variant: CatalogVariant) => {
      if (isOthers(variant)) await remove(catalogId(variant.id));
      if (await write(itemId, variant, own)) return;
      throw new RetryableError('another message has just created the same variant');
    };
    await pMap(variants, takeOne, { concurrency: CONCURRENCY });
  }

  return {
    idsOf,

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
      const isDone = new Set(updated.filter(({ id }) => known.has(catalogId(id))));
      const left = variants.filter((variant) => !isDone.has(variant));
      const isWritten = await pMap(left, (variant) => write(itemId, variant, known), { concurrency: CONCURRENCY });
      const refused = left.filter((_, index) => !isWritten[index]);
      const gone = known.difference(new Set(variants.map(({ id }) => catalogId(id))));
      if (refused.length > 0 || gone.size > 0) {
        // Meanwhile another item may have taken what is gone, and another message may have created what was refused.
        const own = await idsOf(itemId);
        await pMap(gone.intersection(own), remove, { concurrency: CONCURRENCY });
        await take(itemId, refused, own);
      }
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
