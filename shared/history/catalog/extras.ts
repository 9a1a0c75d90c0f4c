import { findExtras, isId } from '../extras.ts';
import type { Difference, History } from '../history.ts';
import { type LiveRepair, liveRepair } from '../live-repair.ts';
import { deletionOf, publicationOf } from '../notifications.ts';

/**
 * Reports the categories that only Klaviyo has, and deletes them where the options say so.
 *
 * @param known ids of those that commercetools had when it was read
 */
export async function findExtraCategories(history: History, known: ReadonlySet<string>): Promise<void> {
  const { account, commercetools } = history;
  const deletion = liveRepair(history, deletionOf('category', history));
  async function* pages(): AsyncGenerator<string[], void> {
    for await (const page of account.allEntries('category')) yield [...page.keys()];
  }
  await findExtras(history, {
    kind: 'categories',
    subject: 'category',
    pages: pages(),
    query: async (ids) => ids.flatMap((id) => (known.has(id) ? { id } : [])),
    isThere: async (id) => (await commercetools.categories.byId(id)) !== undefined,
    take: (extra) => reportOrDelete(extra, deletion, history),
  });
}

/** Reports the items that Klaviyo shows and commercetools does not publish, and hides or deletes them where the options say so. */
export async function findExtraItems(history: History): Promise<void> {
  const { account, commercetools } = history;
  const publication = liveRepair(history, publicationOf(history));
  const deletion = liveRepair(history, deletionOf('product', history));
  async function* pages(): AsyncGenerator<string[], void> {
    for await (const page of account.allEntries('item'))
      yield [...page].flatMap(([id, { attributes }]) => (attributes?.published === false ? [] : id));
  }
  await findExtras(history, {
    kind: 'products',
    subject: 'item',
    pages: pages(),
    query: commercetools.products.publishedByIds,
    isThere: async (id) => (await commercetools.products.byId(id))?.masterData.published === true,
    take: (extra) => reportOrDelete(extra, isId(extra.id) ? publication : deletion, history),
  });
}

async function reportOrDelete(extra: Difference, live: LiveRepair, { options, report }: History): Promise<void> {
  if (options.deleteExtras) await live.mend([{ id: extra.id, differences: [extra] }]);
  else report.add(extra);
}
