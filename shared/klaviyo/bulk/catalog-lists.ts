import type { CatalogsApi } from 'klaviyo-api';
import pMap from 'p-map';
import type * as z from 'zod';
import { catalogId, eachPage, externalIdOf, type ListEntry, listPage, unlessRefused } from '../writers/answers.ts';
import type { Account, CatalogEntries } from './account.ts';
import type { Endpoints } from './endpoints.ts';
import { pack } from './pack.ts';

/** Entries a page, at most. */
const PAGE = 100;
/** Of a search: ids, and characters of a URL. */
const MOST = { items: PAGE, weight: 6000 };
const CONCURRENCY = 4;
/** Calls that Klaviyo takes in a second. */
const PER_SECOND = 350;

/** What a category consists of that Klaviyo does not have. */
const NOTHING: z.output<typeof listPage> = { data: [] };

/** Which variants an item has, and no more of them. */
const WITH_VARIANTS: Parameters<CatalogsApi['getCatalogItems']>[0] = {
  include: ['variants'],
  fieldsCatalogVariant: ['external_id'],
};

/** Reads the catalog. */
export function catalogLists(
  catalogs: CatalogsApi,
  { ours, shared }: Endpoints,
): Pick<Account, 'entries' | 'allEntries' | 'itemsOfCategory'> {
  type Query = { filter?: string; pageCursor?: string };
  const related = ours(PER_SECOND);
  const lists = {
    category: { list: shared(PER_SECOND), call: (query: Query) => catalogs.getCatalogCategories(query) },
    item: { list: ours(PER_SECOND), call: (query: Query) => catalogs.getCatalogItems({ ...query, ...WITH_VARIANTS }) },
    variant: { list: ours(PER_SECOND), call: (query: Query) => catalogs.getCatalogVariants(query) },
  };

  async function* pagesOf(kind: keyof CatalogEntries, filter?: string) {
    const { list, call } = lists[kind];
    const pages = eachPage((pageCursor) => list(() => call({ filter, pageCursor }), listPage));
    for await (const page of pages) yield byExternalId(page);
  }

  return {
    async entries(kind, ids) {
      const texts = [...new Set(ids)].map((id) => JSON.stringify(catalogId(id)));
      const searches = pack(texts, MOST, (text) => encodeURIComponent(`,${text}`).length);
      const found = await pMap(searches, (some) => Array.fromAsync(pagesOf(kind, `any(ids,[${some}])`)), {
        concurrency: CONCURRENCY,
      });
      return new Map(found.flat().flatMap((page) => [...page]));
    },

    allEntries: (kind) => pagesOf(kind),

    async *itemsOfCategory(categoryId) {
      const id = catalogId(categoryId);
      const request = (pageCursor?: string) => () =>
        catalogs.getItemIdsForCatalogCategory(id, { pageCursor, pageSize: PAGE });
      const pages = eachPage((pageCursor) => unlessRefused(related(request(pageCursor), listPage), NOTHING, 404));
      for await (const page of pages) yield [...byExternalId(page).keys()];
    },
  };
}

/** Returns those entries that came by the API. */
const byExternalId = (page: readonly ListEntry[]): Map<string, ListEntry> =>
  new Map(
    page.flatMap((entry): [string, ListEntry][] => {
      const id = externalIdOf(entry.id);
      return id === undefined ? [] : [[id, entry]];
    }),
  );
