import * as z from 'zod';
import { type Customer, customerSchema } from '../../commercetools/resources/customer.ts';
import { toProfile } from '../../mappers/customers/profile.ts';
import { defineHandler, existing } from '../handler.ts';

/** A customer signed up or changed: one profile. */
export const customer = defineHandler({
  name: 'customer',
  resource: 'customer',
  messages: { CustomerCreated: z.looseObject({ customer: customerSchema }) },
  changes: ['ResourceUpdated'],
  becomes: 'a profile',
  async plan(taken, { commercetools, settings, freshness }) {
    const isCreation = taken.type === 'CustomerCreated';
    const created = isCreation ? taken.payload?.customer : undefined;
    // Nothing was emptied in a new customer: what Klaviyo knows of that person, from a form for instance, is kept.
    const profileOf = (customer: Customer) =>
      toProfile(customer, settings, { empty: isCreation && customer.version === 1 ? undefined : null });
    if (created && freshness === 'current') return [{ kind: 'createProfile', ...profileOf(created) }];
    const fallback = freshness === 'recent' ? created : undefined;
    const current = (await commercetools.customers.byId(taken.notification.resource.id)) ?? fallback;
    return [{ kind: 'upsertProfile', ...profileOf(existing(current)) }];
  },
});
