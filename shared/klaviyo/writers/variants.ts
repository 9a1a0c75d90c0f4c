import type { CatalogsApi } from 'klaviyo-api';
import { LRUCache } from 'lru-cache';
import pMap from 'p-map';
import { type Attempt, currentAttempt } from '../../attempt.ts';
import { RetryableError, StalePlanError } from '../../errors.ts';
import type { CatalogVariant } from '../writes.ts';
import { accepted, allPages, catalogId, type ListEntry, unlessRefused } from './answers.ts';
import { variantCreation, variantUpdate } from './catalog-body.ts';

const CONCURRENCY = 10;
const REMEMBERED_ITEMS = 1000;

/** What is known of the variants of an item that are to be written. */
interface Variants {
  /** Klaviyo's ids of the item's variants so far. */
  known: ReadonlySet<string>;
  /** Variants that have been written already. */
  updated: readonly CatalogVariant[];
  /** Whether surplus variants stay. */
  keepsOthers?: boolean;
}

/** Writes catalog variants. */
export function variantWriter(api: CatalogsApi) {
  const remembered = new LRUCache<string, ReadonlySet<string>>({ max: REMEMBERED_ITEMS });
  const hasPlannedAgain = new WeakSet<Attempt>();

  const update = (variant: CatalogVariant) =>
    api.updateCatalogVariant(catalogId(variant.id), { data: variantUpdate(variant) });

  /** Throws StalePlanError when the plan does not tell the stock, which Klaviyo demands. */
  async function create(itemId: string, { inventoryQuantity, ...others }: CatalogVariant) {
    if (inventoryQuantity === undefined) throw new StalePlanError('Klaviyo lacks a variant whose stock was not read');
    await api.createCatalogVariant({ data: variantCreation(itemId, { inventoryQuantity, ...others }) });
  }

  const remove = (id: string) => accepted(api.deleteCatalogVariant(id), 404);

  type Fields = Parameters<CatalogsApi['getVariantsForCatalogItem']>[1];

  /** Returns all variants of an item as Klaviyo shows them; none when the item does not exist. */
  const listOf = (itemId: string, fields: Fields = {}): Promise<ListEntry[]> => {
    const list = (pageCursor?: string) => api.getVariantsForCatalogItem(catalogId(itemId), { ...fields, pageCursor });
    return unlessRefused(allPages(list), [], 404);
  };

  /** Returns Klaviyo's ids of all variants of an item; none when the item does not exist. */
  const idsOf = async (itemId: string): Promise<Set<string>> =>
    idSet(await listOf(itemId, { fieldsCatalogVariant: ['external_id'] }));

  /**
   * Updates the variant if it already belongs to this item, otherwise creates it. Returns false if it exists under another
   * item (409).
   */
  const write = async (itemId: string, variant: CatalogVariant, ownIds: ReadonlySet<string>): Promise<boolean> =>
    (ownIds.has(catalogId(variant.id)) && (await accepted(update(variant), 404))) ||
    accepted(create(itemId, variant), 409);

  /**
   * Takes over variants that belong to another item. Klaviyo cannot move a variant between items, so we delete it there and
   * create it here. Before the first takeover of an attempt we plan again instead: the variant may have moved away from this
   * product since we read it.
   *
   * @param ownIds Klaviyo's ids of the variants that belong to this item
   * @throws StalePlanError once an attempt, RetryableError when another message has just created the same variant
   */
  async function takeOver(itemId: string, variants: CatalogVariant[], ownIds: ReadonlySet<string>): Promise<void> {
    const isOthers = ({ id }: CatalogVariant) => !ownIds.has(catalogId(id));
    const attempt = currentAttempt();
    if (variants.some(isOthers) && !hasPlannedAgain.has(attempt)) {
      hasPlannedAgain.add(attempt);
      throw new StalePlanError('another item has a variant of this one');
    }
    const takeOverOne = async (variant: CatalogVariant) => {
      if (isOthers(variant)) await remove(catalogId(variant.id));
      if (await write(itemId, variant, ownIds)) return;
      throw new RetryableError('another message has just created the same variant');
    };
    await pMap(variants, takeOverOne, { concurrency: CONCURRENCY });
  }

  return {
    listOf,
    idsOf,

    /**
     * Optimisation: updates, in parallel with the item, the variants that this process wrote last time. Returns those that
     * Klaviyo still had.
     */
    async updateRemembered(itemId: string, variants: CatalogVariant[]): Promise<CatalogVariant[]> {
      const ids = remembered.get(itemId);
      const likely = variants.filter(({ id }) => ids?.has(id));
      const wasThere = await pMap(likely, (variant) => accepted(update(variant), 404), { concurrency: CONCURRENCY });
      return likely.filter((_, index) => wasThere[index]);
    },

    /** Creates or updates the variants of an item that exists, and deletes surplus ones. */
    async replace(
      itemId: string,
      variants: CatalogVariant[],
      { known, updated, keepsOthers = false }: Variants,
    ): Promise<void> {
      const isDone = new Set(updated.filter(({ id }) => known.has(catalogId(id))));
      const left = variants.filter((variant) => !isDone.has(variant));
      const isWritten = await pMap(left, (variant) => write(itemId, variant, known), { concurrency: CONCURRENCY });
      const refused = left.filter((_, index) => !isWritten[index]);
      const others = known.difference(new Set(variants.map(({ id }) => catalogId(id))));
      const surplus = keepsOthers ? new Set<string>() : others;
      if (refused.length > 0 || surplus.size > 0) {
        // Meanwhile another item may have taken over what is surplus, and another message may have created what was refused.
        const ownIds = await idsOf(itemId);
        await pMap(surplus.intersection(ownIds), remove, { concurrency: CONCURRENCY });
        await takeOver(itemId, refused, ownIds);
      }
      remembered.set(itemId, new Set(variants.map(({ id }) => id)));
    },
  };
}

/** Returns the ids of a list. */
export const idSet = (entries: readonly ListEntry[]): Set<string> => new Set(entries.map(({ id }) => id));
