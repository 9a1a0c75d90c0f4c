import { LRUCache } from 'lru-cache';
import type { CommercetoolsClient } from '../client.ts';
import { discountCodeSchema } from '../resources/discount-code.ts';

/** An order has ten at most: https://docs.commercetools.com/api/limits#carts */
const MOST = 500;
const REMEMBERED = 5000;

/** Reads discount codes. */
export function discountCodeReader({ api, query }: CommercetoolsClient) {
  /** The code of a discount code never changes. */
  const known = new LRUCache<string, string>({ max: REMEMBERED });

  return {
    /** Returns the codes that customers type, in the order of the given ids, without those that do not exist any more. */
    async codesOf(ids: readonly string[]): Promise<string[]> {
      const unknown = ids.filter((id) => !known.has(id)).slice(0, MOST);
      if (unknown.length > 0) {
        const queryArgs = { where: 'id in :ids', 'var.ids': unknown, limit: unknown.length };
        const read = await query(
          'discount codes of an order',
          discountCodeSchema,
          api.discountCodes().get({ queryArgs }),
        );
        for (const { id, code } of read) known.set(id, code);
      }
      return ids.flatMap((id) => known.get(id) ?? []);
    },
  };
}
