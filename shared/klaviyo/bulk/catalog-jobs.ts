import type { CatalogsApi } from 'klaviyo-api';
import type { Patience } from '../../history/history.ts';
import {
  categoryCreation,
  categoryReferences,
  categoryUpdate,
  itemCreation,
  itemUpdate,
  variantCreation,
  variantUpdate,
} from '../writers/catalog-body.ts';
import type { CatalogItem } from '../writes.ts';
import type { Account, CatalogEntries } from './account.ts';
import type { Endpoint, Endpoints } from './endpoints.ts';
import { jobAnswer, runJobs } from './jobs.ts';

/** Klaviyo takes 100 entries and 5 MB in a job. */
const MOST = { items: 100, weight: 4_600_000, entry: 4_600_000 };
/** Klaviyo takes 500. */
const CONCURRENCY = 20;
/** Calls that Klaviyo takes in a second. */
const PER_SECOND = 75;

type Request = Parameters<Endpoint>[0];

/** Writes the catalog by jobs. */
export function catalogJobs(
  catalogs: CatalogsApi,
  { ours }: Endpoints,
  patience: Patience,
): Pick<Account, 'writeEntries'> {
  /** Returns the function that writes entries by jobs of one kind. */
  function writer<E extends { id: string }, D>(
    toData: (entry: E) => D | undefined,
    start: (data: D[]) => ReturnType<Request>,
    read: (jobId: string) => ReturnType<Request>,
  ) {
    const [starts, reads] = [ours(PER_SECOND), ours(PER_SECOND)];
    const kind = {
      start: (data: D[]) => starts(() => start(data), jobAnswer),
      read: (jobId: string) => reads(() => read(jobId), jobAnswer),
      most: MOST,
      concurrency: CONCURRENCY,
    };
    return async (entries: readonly E[]) => (await runJobs(patience, kind, entries, toData)).map(({ id }) => id);
  }

  const writers: {
    [K in keyof CatalogEntries]: Record<
      'create' | 'update',
      (entries: readonly CatalogEntries[K][]) => Promise<readonly string[]>
    >;
  } = {
    category: {
      create: writer(
        categoryCreation,
        (data) =>
          catalogs.bulkCreateCatalogCategories({
            data: { type: 'catalog-category-bulk-create-job', attributes: { categories: { data } } },
          }),
        (jobId) => catalogs.getBulkCreateCategoriesJob(jobId),
      ),
      update: writer(
        categoryUpdate,
        (data) =>
          catalogs.bulkUpdateCatalogCategories({
            data: { type: 'catalog-category-bulk-update-job', attributes: { categories: { data } } },
          }),
        (jobId) => catalogs.getBulkUpdateCategoriesJob(jobId),
      ),
    },
    item: {
      create: writer(
        itemCreation,
        (data) =>
          catalogs.bulkCreateCatalogItems({
            data: { type: 'catalog-item-bulk-create-job', attributes: { items: { data } } },
          }),
        (jobId) => catalogs.getBulkCreateCatalogItemsJob(jobId),
      ),
      update: writer(
        (item: CatalogItem) => ({
          ...itemUpdate(item),
          relationships: { categories: { data: categoryReferences(item) } },
        }),
        (data) =>
          catalogs.bulkUpdateCatalogItems({
            data: { type: 'catalog-item-bulk-update-job', attributes: { items: { data } } },
          }),
        (jobId) => catalogs.getBulkUpdateCatalogItemsJob(jobId),
      ),
    },
    variant: {
      create: writer(
        ({ itemId, inventoryQuantity, ...variant }: CatalogEntries['variant']) =>
          inventoryQuantity === undefined ? undefined : variantCreation(itemId, { ...variant, inventoryQuantity }),
        (data) =>
          catalogs.bulkCreateCatalogVariants({
            data: { type: 'catalog-variant-bulk-create-job', attributes: { variants: { data } } },
          }),
        (jobId) => catalogs.getBulkCreateVariantsJob(jobId),
      ),
      update: writer(
        ({ itemId, ...variant }: CatalogEntries['variant']) => variantUpdate(variant),
        (data) =>
          catalogs.bulkUpdateCatalogVariants({
            data: { type: 'catalog-variant-bulk-update-job', attributes: { variants: { data } } },
          }),
        (jobId) => catalogs.getBulkUpdateVariantsJob(jobId),
      ),
    },
  };

  return { writeEntries: (kind, how, entries) => writers[kind][how](entries) };
}
