import type { Customer } from '../../commercetools/resources/customer.ts';
import { PermanentError, type SyncError } from '../../errors.ts';
import { isAboutEmail } from '../../klaviyo/writers/events.ts';
import type { Profile } from '../../klaviyo/writes.ts';
import { compareAll } from '../compare.ts';
import type { History, Reason } from '../history.ts';
import { liveRepair } from '../live-repair.ts';
import { updateOf } from '../notifications.ts';
import { changedWithin } from '../window.ts';
import { profileDifferences } from './differences.ts';
import { findExtraProfiles } from './extras.ts';
import { type ProfileFinding, profileImport } from './import.ts';
import { type ProfileOf, profileMapper } from './profiles.ts';
import { sharingEmails } from './shared-emails.ts';

const EMAIL = 'email';

/**
 * Compares the customers of the stores that are served with Klaviyo's profiles, and repairs what differs where the options say so.
 * Nothing is cleared, and no consent is touched.
 */
export async function runCustomers(history: History): Promise<void> {
  const { options, settings, scans } = history;
  if (settings.handlers.disabled.includes('customer')) return;
  const profileOf = await profileMapper(history);
  const live = liveRepair(history, updateOf('customer', history), reasonOf);
  const imports = profileImport(history, profileOf, live);
  const changed = changedWithin(options);
  await compareAll(history, {
    kind: 'customers',
    pages: scans.customers(changed && { changed }),
    compare: (page) => compare(page, profileOf, history),
    live,
    inBulk: imports.write,
  });
  await imports.finish();
  if (options.extras) await findExtraProfiles(history);
}

async function compare(page: readonly Customer[], profileOf: ProfileOf, history: History): Promise<ProfileFinding[]> {
  const { account, report } = history;
  const profiles = page.flatMap((customer) => profileOf(customer) ?? []);
  const known = await account.profilesByExternalId(profiles.map(({ externalId }) => externalId));
  report.count('profile', { commercetools: profiles.length, klaviyo: known.size });
  const found = profiles.flatMap((profile) => {
    const shown = known.get(profile.externalId);
    const fields = shown && profileDifferences(profile, shown);
    return fields?.length === 0 ? [] : { profile, fields };
  });
  const inDoubt = found.flatMap(({ profile, fields }) => (fields?.includes(EMAIL) ? profile : []));
  const sharing = await sharingEmails(history, inDoubt);
  return found.flatMap(({ profile, fields }) => {
    if (!fields) return toFinding(profile);
    const { externalId: id } = profile;
    if (!sharing.has(id)) return toFinding(profile, fields);
    report.add({ subject: 'profile', what: 'differing', id, fields: [EMAIL], reason: 'shared' });
    const others = fields.filter((field) => field !== EMAIL);
    return others.length > 0 ? toFinding(profile, others) : [];
  });
}

/** Returns what is to be repaired: all of the profile, if no fields are named. */
function toFinding(profile: Profile, fields?: readonly string[]): ProfileFinding {
  const { externalId: id } = profile;
  const difference = fields
    ? ({ subject: 'profile', what: 'differing', id, fields } as const)
    : ({ subject: 'profile', what: 'missing', id } as const);
  return { id, differences: [difference], profile, isMissing: !fields };
}

/** Klaviyo refuses the address, or another profile has it that has to keep it. */
const reasonOf = (refusal: SyncError): Reason | undefined =>
  refusal instanceof PermanentError && (isAboutEmail(refusal) || refusal.status === 409) ? 'refused' : undefined;
