import pMap, { pMapIterable } from 'p-map';
import { type Batch, batchesOf } from './batches.ts';
import type { Difference, History, Kind } from './history.ts';
import type { Finding, LiveRepair } from './live-repair.ts';

/** Pages that are compared at once. */
const PAGES = 4;
/** Batches that are under way at once. Jobs may take minutes, and Klaviyo works on hundreds of them at once. */
const BATCHES = 20;

/** How the resources of a kind are compared and repaired. */
export interface Comparison<R, F extends Finding> {
  kind: Kind;
  pages: AsyncIterable<R[]>;
  /** Returns those of a page that Klaviyo has otherwise, or not at all. */
  compare(page: readonly R[]): Promise<F[]>;
  /** How few are repaired. */
  live: LiveRepair;
  /** How many are repaired. Reports what became of each. */
  inBulk(findings: readonly F[]): Promise<void>;
}

/**
 * Compares all resources of a kind, and reports what differs. Repairs it where the options say so; what is nothing but too much in
 * Klaviyo only where they say so, too.
 */
export async function compareAll<R, F extends Finding>(
  { options, report, progress }: History,
  { kind, pages, compare, live, inBulk }: Comparison<R, F>,
): Promise<void> {
  const isToRepair = ({ what }: Difference): boolean => options.repair && (options.deleteExtras || what !== 'extra');

  const comparePage = async (page: readonly R[]): Promise<F[]> => {
    const findings = await compare(page);
    for (const difference of findings.flatMap(({ differences }) => differences))
      if (!isToRepair(difference)) report.add(difference);
    progress.done(kind, page.length);
    return findings
      .map((finding) => ({ ...finding, differences: finding.differences.filter(isToRepair) }))
      .filter(({ differences }) => differences.length > 0);
  };

  const repair = ({ entries, isMany }: Batch<F>): Promise<void> => {
    progress.say(kind, `repairing ${entries.length}${isMany ? ' in bulk' : ''}`);
    return isMany ? inBulk(entries) : live.mend(entries);
  };

  const found = pMapIterable(pages, comparePage, { concurrency: PAGES, preserveOrder: false });
  await pMap(batchesOf(found), repair, { concurrency: BATCHES });
}
