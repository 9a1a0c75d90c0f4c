import type { Product } from '../../commercetools/resources/product.ts';
import type { CatalogItem } from '../../klaviyo/writes.ts';
import { compareAll } from '../compare.ts';
import type { History } from '../history.ts';
import { type Finding, liveRepair, reportMended } from '../live-repair.ts';
import { publicationOf } from '../notifications.ts';
import { createSweep } from '../sweep.ts';
import { changedWithin } from '../window.ts';
import { type ComparedItem, compareItem } from './differences.ts';
import { findExtraItems } from './extras.ts';
import { itemsOf } from './items.ts';
import { runJobs } from './jobs.ts';
import { categoriesOfItems } from './memberships.ts';
import { withoutMoved } from './moved.ts';

interface ItemFinding extends Finding, ComparedItem {
  item: CatalogItem;
}

/** Compares the published products with Klaviyo's items, variants and stock, and repairs what differs where the options say so. */
export async function runProducts(history: History): Promise<void> {
  const { account, commercetools, options, patience, progress, report, scans, settings } = history;
  if (settings.handlers.disabled.includes('product')) return;
  const live = liveRepair(history, publicationOf(history));
  progress.say('products', 'reading which items are in which categories');
  const categories = await categoriesOfItems(account);

  const sweep = createSweep(history, async (ids) => {
    const products = await patience.persist(() => commercetools.products.publishedByIds(ids));
    return new Map((await itemsOf(history, products)).map((item) => [item.id, item]));
  });

  async function compare(page: readonly Product[]): Promise<ItemFinding[]> {
    const wanted = await itemsOf(history, page);
    const variantIds = wanted.flatMap(({ variants }) => variants.map(({ id }) => id));
    const [items, variants] = await Promise.all([
      account.entries(
        'item',
        wanted.map(({ id }) => id),
      ),
      account.entries('variant', variantIds),
    ]);
    report.count('item', { commercetools: wanted.length, klaviyo: items.size });
    report.count('variant', { commercetools: variantIds.length, klaviyo: variants.size });
    const findings = wanted.flatMap((item) => {
      const { id } = item;
      const shown = { item: items.get(id), variants, categories: new Set(categories.get(id)) };
      const compared = compareItem(item, shown);
      return compared.differences.length > 0 ? { id, item, ...compared } : [];
    });
    return withoutMoved(history, findings);
  }

  /** Writes items by jobs, and then their variants. Returns the ids of those items of which Klaviyo did not take everything. */
  async function writeByJobs(findings: readonly ItemFinding[]): Promise<ReadonlySet<string>> {
    const failed = await runJobs(
      account,
      'item',
      findings.flatMap(({ item, jobs }) => (jobs?.item ? { how: jobs.item, entry: item } : [])),
    );
    const variants = findings.flatMap(({ id: itemId, jobs }) =>
      failed.has(itemId)
        ? []
        : (jobs?.variants ?? []).map(({ how, variant }) => ({ how, entry: { ...variant, itemId } })),
    );
    const failedVariants = await runJobs(account, 'variant', variants);
    const incomplete = variants.flatMap(({ entry }) => (failedVariants.has(entry.id) ? entry.itemId : []));
    return new Set([...failed, ...incomplete]);
  }

  async function inBulk(findings: readonly ItemFinding[]): Promise<void> {
    const byJobs = findings.filter(({ jobs }) => jobs);
    const failed = await writeByJobs(byJobs);
    const taken = byJobs.filter(({ id }) => !failed.has(id));
    reportMended(history, taken);
    const { changed, gone } = await sweep(new Map(taken.map(({ id, item }) => [id, item])));
    await live.renew([...changed, ...gone]);
    await live.mend(findings.filter(({ id, jobs }) => !jobs || failed.has(id)));
  }

  const pages = scans.products(changedWithin(options));
  await compareAll(history, { kind: 'products', pages, compare, live, inBulk });
  if (options.extras) await findExtraItems(history);
}
