import * as z from 'zod';
import { type Customer, customerSchema } from '../../commercetools/resources/customer.ts';
import { RetryableError } from '../../errors.ts';
import { toProfile } from '../../mappers/customers/profile.ts';
import { lacksGroups } from '../../mappers/customers/properties.ts';
import { isServed } from '../../mappers/stores.ts';
import { defineHandler, existing, type PlanContext } from '../handler.ts';
import { consentMessages, consentOf, tellsConsent } from './consent.ts';
import { emptiedBy, emptyingMessages } from './emptied.ts';
import { clearLeftBehind } from './left-behind.ts';

/**
 * A customer signed up or changed: one profile, and the customer's consent. What is empty is left as Klaviyo has it; only the
 * message that says that a field was emptied clears the field, and the attempt that wrote the field from an older state.
 */
export const customer = defineHandler({
  name: 'customer',
  resource: 'customer',
  messages: { CustomerCreated: z.looseObject({ customer: customerSchema }), ...emptyingMessages, ...consentMessages },
  changes: ['ResourceUpdated'],
  becomes: 'a profile; subscribed or unsubscribed when the custom field changes that `consent` names',
  async plan(taken, context) {
    const { settings, freshness, previous } = context;
    const created = taken.type === 'CustomerCreated' ? taken.payload?.customer : undefined;
    const isConsent = tellsConsent(taken, created, settings);
    if (Object.hasOwn(consentMessages, taken.type) && !isConsent) return [];
    const current = await customerOf(taken.notification.resource.id, created, isConsent, context);
    if (!isServed(current.stores, settings)) return [];
    const consent = consentOf(taken, created, current, context);
    const isNew = created !== undefined && freshness === 'current';
    if (isNew) return [{ kind: 'createProfile', ...toProfile(current, settings) }, ...consent];
    const emptied = isEmptying(taken) ? await emptiedBy(taken, current, context) : {};
    return [{ kind: 'upsertProfile', ...clearLeftBehind(toProfile(current, settings, emptied), previous) }, ...consent];
  },
});

/**
 * Returns the customer as commercetools has it, else as a young message carries it; without a read where the message is current and
 * tells all that is needed. The names of groups are left out where the customer cannot be read.
 *
 * @param isConsent whether the message may change a consent, which only what commercetools has now can tell
 * @throws RetryableError when a consent cannot be told
 */
async function customerOf(
  id: string,
  created: Customer | undefined,
  isConsent: boolean,
  { commercetools, settings, freshness }: PlanContext,
): Promise<Customer> {
  const isTold = !isConsent && !lacksGroups(created, settings);
  if (created && freshness === 'current' && isTold) return created;
  const carried = freshness === 'old' ? undefined : created;
  const read = await commercetools.customers.byId(id);
  if (!read && carried && isConsent) throw new RetryableError(`customer ${id} is gone, or cannot be read yet`);
  return existing(read ?? carried);
}

const isEmptying = <T extends { type: string }>(
  taken: T,
): taken is Extract<T, { type: keyof typeof emptyingMessages }> => Object.hasOwn(emptyingMessages, taken.type);
