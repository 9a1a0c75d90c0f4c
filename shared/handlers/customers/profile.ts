import * as z from 'zod';
import { customerSchema } from '../../commercetools/resources/customer.ts';
import { toProfile } from '../../mappers/customers/profile.ts';
import { defineHandler, existing } from '../handler.ts';
import { emptiedBy, emptyingMessages } from './emptied.ts';
import { clearLeftBehind } from './left-behind.ts';

/**
 * A customer signed up or changed: one profile. What is empty is left as Klaviyo has it; only the message that says that a
 * field was emptied clears the field, and the attempt that wrote the field from an older state.
 */
export const customer = defineHandler({
  name: 'customer',
  resource: 'customer',
  messages: { CustomerCreated: z.looseObject({ customer: customerSchema }), ...emptyingMessages },
  changes: ['ResourceUpdated'],
  becomes: 'a profile',
  async plan(taken, context) {
    const { commercetools, settings, freshness } = context;
    const created = taken.type === 'CustomerCreated' ? taken.payload?.customer : undefined;
    if (created && freshness === 'current') return [{ kind: 'createProfile', ...toProfile(created, settings) }];
    const fallback = freshness === 'recent' ? created : undefined;
    const current = existing((await commercetools.customers.byId(taken.notification.resource.id)) ?? fallback);
    const isEmptying = taken.type !== 'CustomerCreated' && taken.type !== 'ResourceUpdated';
    const emptied = isEmptying ? await emptiedBy(taken, current, context) : {};
    const write = clearLeftBehind(toProfile(current, settings, emptied), context.previous);
    return [{ kind: 'upsertProfile', ...write }];
  },
});
