import pMap from 'p-map';
import type { Account } from '../../klaviyo/bulk/account.ts';

/** Categories that are asked for at once. */
const CONCURRENCY = 8;

/** Returns the external ids of the categories of each item that is in any, by the external id of the item. */
export async function categoriesOfItems(
  account: Pick<Account, 'allEntries' | 'itemsOfCategory'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const categories = new Map<string, string[]>();
  const readItems = async (categoryId: string): Promise<void> => {
    for await (const page of account.itemsOfCategory(categoryId))
      for (const itemId of page) {
        const known = categories.get(itemId);
        if (known) known.push(categoryId);
        else categories.set(itemId, [categoryId]);
      }
  };
  for await (const page of account.allEntries('category'))
    await pMap(page.keys(), readItems, { concurrency: CONCURRENCY });
  return categories;
}
