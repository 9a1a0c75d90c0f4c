import pMap from 'p-map';
import type { Category } from '../../commercetools/resources/category.ts';
import { differing } from '../../klaviyo/writers/shown.ts';
import type { CatalogCategory } from '../../klaviyo/writes.ts';
import { toCatalogCategory } from '../../mappers/catalog/category.ts';
import { adjustedCategory } from '../adjusted.ts';
import { compareAll } from '../compare.ts';
import type { Difference, History } from '../history.ts';
import { type Finding, liveRepair, reportMended } from '../live-repair.ts';
import { updateOf } from '../notifications.ts';
import { createSweep } from '../sweep.ts';
import { findExtraCategories } from './extras.ts';
import { type How, runJobs } from './jobs.ts';

/** Reads at once. */
const CONCURRENCY = 4;

interface CategoryFinding extends Finding {
  category: CatalogCategory;
  how: How;
}

/**
 * Compares the categories with Klaviyo's, whenever they were changed: a name is part of those below it. Repairs what differs where the
 * options say so.
 */
export async function runCategories(history: History): Promise<void> {
  const { account, commercetools, options, patience, report, scans, settings } = history;
  if (settings.handlers.disabled.includes('category')) return;
  const live = liveRepair(history, updateOf('category', history));
  const toCategory = (category: Category) => adjustedCategory(history, toCatalogCategory(category, settings.locale));

  const sweep = createSweep(history, async (ids) => {
    const read = (id: string) => patience.persist(() => commercetools.categories.byId(id));
    const found = await pMap(ids, read, { concurrency: CONCURRENCY });
    const wanted = found.flatMap((category) => (category && toCategory(category)) ?? []);
    return new Map(wanted.map((category) => [category.id, category]));
  });

  const known = new Set<string>();

  async function compare(page: readonly Category[]): Promise<CategoryFinding[]> {
    const ids = page.map(({ id }) => id);
    for (const id of ids) known.add(id);
    const shown = await account.entries('category', ids);
    const wanted = page.flatMap((category) => toCategory(category) ?? []);
    report.count('category', { commercetools: wanted.length, klaviyo: shown.size });
    return wanted.flatMap((category) => {
      const { id, name } = category;
      const entry = shown.get(id);
      const fields = entry && differing({ name }, entry.attributes);
      if (fields?.length === 0) return [];
      const difference: Difference = fields
        ? { subject: 'category', what: 'differing', id, fields }
        : { subject: 'category', what: 'missing', id };
      return { id, differences: [difference], category, how: fields ? 'update' : 'create' };
    });
  }

  async function inBulk(findings: readonly CategoryFinding[]): Promise<void> {
    const jobs = findings.map(({ how, category }) => ({ how, entry: category }));
    const failed = await runJobs(account, 'category', jobs);
    const taken = findings.filter(({ id }) => !failed.has(id));
    reportMended(history, taken);
    const { changed, gone } = await sweep(new Map(taken.map(({ id, category }) => [id, category])));
    await live.renew([...changed, ...gone]);
    await live.mend(findings.filter(({ id }) => failed.has(id)));
  }

  await compareAll(history, { kind: 'categories', pages: scans.categories(), compare, live, inBulk });
  if (options.extras) await findExtraCategories(history, known);
}
