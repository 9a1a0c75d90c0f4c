import * as z from 'zod';
import { customerSchema } from '../commercetools/resources/customer.ts';
import { existing } from '../errors.ts';
import { toProfile } from '../mappers/profile.ts';
import { isChange, isMessage, messagePayload } from '../platform-format/notification.ts';
import type { Change, Message, Notification } from '../platform-format/schema.ts';
import { defineHandler } from './handler.ts';

const accepts = (notification: Notification): notification is Message | Change =>
  isMessage(notification, 'CustomerCreated') || isChange(notification, 'customer', 'ResourceUpdated');

const createdSchema = z.looseObject({ customer: customerSchema });

/** A customer signed up or changed: one profile. */
export const customer = defineHandler('customer', accepts, async (notification, context) => {
  const { commercetools, settings, payload } = context;
  const created = notification.notificationType === 'Message' && messagePayload(notification, createdSchema);
  if (created && payload === 'current') {
    return [{ kind: 'createProfile', profile: toProfile(created.customer, settings) }];
  }
  const inPayload = created && payload === 'recent' ? created.customer : undefined;
  const current = (await commercetools.customers.byId(notification.resource.id)) ?? inPayload;
  return [{ kind: 'upsertProfile', profile: toProfile(existing(current), settings) }];
});
