import * as z from 'zod';
import { customerSchema } from '../../commercetools/resources/customer.ts';
import { RetryableError } from '../../errors.ts';
import { toProfile } from '../../mappers/customers/profile.ts';
import { lacksGroups } from '../../mappers/customers/properties.ts';
import { isServed } from '../../mappers/stores.ts';
import { defineHandler, existing } from '../handler.ts';
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
    const { commercetools, settings, freshness, previous } = context;
    const created = taken.type === 'CustomerCreated' ? taken.payload?.customer : undefined;
    const isConsent = tellsConsent(taken, created, settings);
    if (Object.hasOwn(consentMessages, taken.type) && !isConsent) return [];
    const isNew = created !== undefined && freshness === 'current';
    const isWanting = isConsent || lacksGroups(created, settings);
    const read = !isNew || isWanting ? await commercetools.customers.byId(taken.notification.resource.id) : undefined;
    const current = existing(read ?? (freshness === 'old' ? undefined : created));
    if (!isServed(current.stores, settings)) return [];
    if (isWanting && !read) throw new RetryableError(`customer ${current.id} is gone, or cannot be read yet`);
    const consent = read ? consentOf(taken, created, read, context) : [];
    if (isNew) return [{ kind: 'createProfile', ...toProfile(current, settings) }, ...consent];
    const emptied = isEmptying(taken) ? await emptiedBy(taken, current, context) : {};
    return [{ kind: 'upsertProfile', ...clearLeftBehind(toProfile(current, settings, emptied), previous) }, ...consent];
  },
});

const isEmptying = <T extends { type: string }>(
  taken: T,
): taken is Extract<T, { type: keyof typeof emptyingMessages }> => Object.hasOwn(emptyingMessages, taken.type);
