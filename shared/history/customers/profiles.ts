import type { Customer } from '../../commercetools/resources/customer.ts';
import type { Profile } from '../../klaviyo/writes.ts';
import { mainAddress, toProfile, usablePhone } from '../../mappers/customers/profile.ts';
import { isServed } from '../../mappers/stores.ts';
import { adjustedProfile } from '../adjusted.ts';
import type { History } from '../history.ts';
import { createSeen } from '../seen.ts';

/** Returns the profile of a customer as a run is to compare and write it; undefined for one who is not served, or whom the extension drops. */
export type ProfileOf = (customer: Customer) => Profile | undefined;

/**
 * Returns how a run makes profiles. They have a phone number only where the options ask for it, and only one that no other customer
 * has who is served: an import may give a profile to whoever has its number. All customers are read for that first.
 */
export async function profileMapper(
  history: Pick<History, 'options' | 'settings' | 'extension' | 'onMalformed' | 'scans' | 'progress'>,
): Promise<ProfileOf> {
  const { options, settings } = history;
  const isShared = options.phones ? await sharedPhones(history) : () => true;
  return (customer) => {
    if (!isServed(customer.stores, settings)) return undefined;
    const profile = adjustedProfile(history, toProfile(customer, settings).profile);
    if (!profile) return undefined;
    const { phoneNumber } = profile;
    return { ...profile, phoneNumber: phoneNumber && !isShared(phoneNumber) ? phoneNumber : undefined };
  };
}

/** Returns whether several customers have a phone number, or now and then that of one. */
async function sharedPhones({ scans, settings, progress }: Pick<History, 'scans' | 'settings' | 'progress'>) {
  progress.say('customers', 'reading which phone numbers several customers have');
  const [seen, shared] = [createSeen(), createSeen()];
  for await (const page of scans.customers())
    for (const customer of page) {
      const phone = isServed(customer.stores, settings) && usablePhone(mainAddress(customer));
      if (phone && !seen.add(phone)) shared.add(phone);
    }
  return shared.has;
}
