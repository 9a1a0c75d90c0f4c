import type { Profile } from '../../klaviyo/writes.ts';
import type { History } from '../history.ts';

/**
 * Returns the ids of those customers whose e-mail another customer has as well, in another store for instance, whose profile holds it:
 * live traffic leaves it there.
 */
export async function sharingEmails(
  { account, commercetools, patience }: Pick<History, 'account' | 'commercetools' | 'patience'>,
  profiles: readonly Profile[],
): Promise<ReadonlySet<string>> {
  if (profiles.length === 0) return new Set();
  const held = await account.profilesByEmail(profiles.map(({ email }) => email));
  const holderOf = ({ email }: Profile) => held.get(email.toLowerCase())?.externalId;
  const holders = profiles.flatMap((profile) => holderOf(profile) ?? []);
  const others = await patience.persist(() => commercetools.customers.byIds(holders));
  const emails = new Map(others.map(({ id, email }) => [id, email.toLowerCase()]));
  const isSharing = (profile: Profile) => {
    const holder = holderOf(profile) ?? profile.externalId;
    return holder !== profile.externalId && emails.get(holder) === profile.email.toLowerCase();
  };
  return new Set(profiles.filter(isSharing).map(({ externalId }) => externalId));
}
