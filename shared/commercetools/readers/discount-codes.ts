import { LRUCache } from 'lru-cache';
import type { CommercetoolsClient } from '../client.ts';
import { discountCodeSchema } from '../resources/discount-code.ts';
import { chunksOf, IDS_A_QUERY } from './pages.ts';

/** An order has ten at most: https://docs.commercetools.com/api/limits#carts */
const MOST = 500;
const REMEMBERED = 5000;

/** Reads discount codes. */
export function discountCodeReader({ api, query }: CommercetoolsClient) {
  /** The code of a discount code never changes. */
  const known = new LRUCache<string, string>({ max: REMEMBERED });

  async function remember(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const queryArgs = { where: 'id in :ids', 'var.ids': ids, limit: ids.length };
    const read = await query('discount codes of an order', discountCodeSchema, api.discountCodes().get({ queryArgs }));
    for (const { id, code } of read) known.set(id, code);
  }

  return {
    /** Returns the codes that customers type, in the order of the given ids, without those that do not exist any more. */
    async codesOf(ids: readonly string[]): Promise<string[]> {
      await remember(ids.filter((id) => !known.has(id)).slice(0, MOST));
      return ids.flatMap((id) => known.get(id) ?? []);
    },

    /** Returns the codes that customers type, by id, of a page of orders: a few queries for many of them. */
    async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const wanted = [...new Set(ids)];
      const unknown = wanted.filter((id) => !known.has(id));
      for (const chunk of chunksOf(unknown, IDS_A_QUERY)) await remember(chunk);
      return new Map(wanted.flatMap((id) => [[id, known.get(id) ?? ''] as const]).filter(([, code]) => code));
    },
  };
}
