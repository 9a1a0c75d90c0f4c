import type { Commercetools } from '../../commercetools/index.ts';
import type { Customer } from '../../commercetools/resources/customer.ts';
import type { ProfileLookup } from '../../klaviyo/profiles.ts';
import type { ProfileReference, Write } from '../../klaviyo/writes.ts';
import { toProfile } from '../../mappers/customers/profile.ts';
import { isServed } from '../../mappers/stores.ts';
import { clearLeftBehind } from '../customers/left-behind.ts';
import type { PlanContext } from '../handler.ts';

/**
 * Returns the function that says whether an event that was created may have overwritten what the record of a customer tells: the
 * customer has an address by now, or the guest is a customer.
 */
export const overwrittenCheck =
  ({ customers }: Commercetools, profiles: ProfileLookup) =>
  async (profile: ProfileReference): Promise<boolean> => {
    const { externalId, email } = profile;
    if (!isTelling(profile)) return false;
    if (externalId) return Boolean((await customers.byId(externalId))?.addresses.length);
    return email !== undefined && Boolean((await profiles.byEmail(email))?.externalId);
  };

/**
 * Returns the profile of a customer, to be written again, if an event of an earlier plan of this attempt may have overwritten it;
 * else nothing.
 */
export function overwrittenBy(
  previous: readonly Write[],
  customer: Customer,
  { settings }: Pick<PlanContext, 'settings'>,
): Write[] {
  const isTold = previous.some(
    (write) => write.kind === 'upsertProfile' || (write.kind === 'createEvent' && isTelling(write.event.profile)),
  );
  if (!isTold || settings.handlers.disabled.includes('customer') || !isServed(customer.stores, settings)) return [];
  return [{ kind: 'upsertProfile', ...clearLeftBehind(toProfile(customer, settings), previous) }];
}

/** Returns whether an event tells more of a person than the identifiers. */
const isTelling = ({ firstName, lastName, location = {} }: ProfileReference): boolean =>
  Boolean(firstName || lastName) || Object.keys(location).length > 0;
