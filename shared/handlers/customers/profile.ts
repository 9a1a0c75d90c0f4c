import * as z from 'zod';
import { type Customer, customerSchema } from '../../commercetools/resources/customer.ts';
import { existing } from '../../errors.ts';
import { toProfile } from '../../mappers/customers/profile.ts';
import { isChange, isMessage, messagePayload } from '../../platform-format/message.ts';
import type { Change, Message, Notification } from '../../platform-format/schema.ts';
import { defineHandler, warnTrimmed } from '../handler.ts';

const accepts = (notification: Notification): notification is Message | Change =>
  isMessage(notification, 'CustomerCreated') || isChange(notification, 'customer', 'ResourceUpdated');

const createdSchema = z.looseObject({ customer: customerSchema });

/** A customer signed up or changed: one profile. */
export const customer = defineHandler('customer', accepts, async (notification, context) => {
  const { commercetools, settings, payload } = context;
  const isCreation = notification.notificationType === 'Message';
  // Nothing was emptied in a new customer: what Klaviyo knows of that person, from a form for instance, is kept.
  const profileOf = (customer: Customer) =>
    toProfile(customer, settings, {
      empty: isCreation && customer.version === 1 ? undefined : null,
      onTrimmed: warnTrimmed,
    });
  const created = isCreation && messagePayload(notification, createdSchema);
  if (created && payload === 'current') return [{ kind: 'createProfile', profile: profileOf(created.customer) }];
  const inPayload = created && payload === 'recent' ? created.customer : undefined;
  const current = (await commercetools.customers.byId(notification.resource.id)) ?? inPayload;
  return [{ kind: 'upsertProfile', profile: profileOf(existing(current)) }];
});
