import type { Profile } from '../../klaviyo/writes.ts';
import type { History } from '../history.ts';
import { type Finding, type LiveRepair, liveRepair, reportMended } from '../live-repair.ts';
import { deletionOf } from '../notifications.ts';
import { createSeen } from '../seen.ts';
import { createSweep } from '../sweep.ts';
import type { ProfileOf } from './profiles.ts';

/** A customer whose profile is missing or differs. */
export interface ProfileFinding extends Finding {
  profile: Profile;
  isMissing: boolean;
}

/**
 * Writes many profiles. An import takes over whichever profile has one of its identifiers, so only those are imported whom Klaviyo
 * knows neither by id nor by e-mail, and of several with one e-mail the first. All others go the way of live traffic.
 */
export function profileImport(history: History, profileOf: ProfileOf, live: LiveRepair) {
  const { account, commercetools, patience } = history;
  const erasure = liveRepair(history, deletionOf('customer', history));
  const emails = createSeen();
  /** Those whose e-mail an import that is under way may be about to write. */
  const later: Finding[] = [];

  const sweep = createSweep<Profile | undefined>(history, async (ids) => {
    const customers = await patience.persist(() => commercetools.customers.byIds(ids));
    return new Map(customers.map((customer) => [customer.id, profileOf(customer)]));
  });

  /** Imports profiles, and looks again. Returns the ids of those that Klaviyo took. */
  async function importProfiles(findings: readonly ProfileFinding[]): Promise<ReadonlySet<string>> {
    if (findings.length === 0) return new Set();
    const failed = new Set(await account.importProfiles(findings.map(({ profile }) => profile)));
    const taken = findings.filter(({ id }) => !failed.has(id));
    reportMended(history, taken);
    const { changed, gone } = await sweep(new Map(taken.map(({ id, profile }) => [id, profile])));
    await live.renew(changed);
    await erasure.renew(gone);
    return new Set(taken.map(({ id }) => id));
  }

  return {
    async write(findings: readonly ProfileFinding[]): Promise<void> {
      const first = findings.filter(({ profile }) => emails.add(profile.email.toLowerCase()));
      const missing = first.filter(({ isMissing }) => isMissing);
      const held = await account.profilesByEmail(missing.map(({ profile }) => profile.email));
      const imported = await importProfiles(missing.filter(({ profile }) => !held.has(profile.email.toLowerCase())));
      await live.mend(first.filter(({ id }) => !imported.has(id)));
      const isFirst = new Set(first);
      for (const finding of findings)
        if (!isFirst.has(finding)) later.push({ id: finding.id, differences: finding.differences });
    },

    /** Writes those who have to wait until all imports are over. */
    finish: () => live.mend(later),
  };
}
