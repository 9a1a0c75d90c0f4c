import type { Account, CatalogEntries } from '../../klaviyo/bulk/account.ts';

/** How a job writes an entry. */
export type How = 'create' | 'update';

/** Writes entries by jobs. Returns the ids of those that Klaviyo did not take. */
export async function runJobs<K extends keyof CatalogEntries>(
  account: Pick<Account, 'writeEntries'>,
  kind: K,
  jobs: readonly { how: How; entry: CatalogEntries[K] }[],
): Promise<ReadonlySet<string>> {
  const write = (how: How) => {
    const entries = jobs.flatMap((job) => (job.how === how ? job.entry : []));
    return entries.length > 0 ? account.writeEntries(kind, how, entries) : [];
  };
  return new Set((await Promise.all([write('create'), write('update')])).flat());
}
