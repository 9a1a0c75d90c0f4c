import * as z from 'zod';
import type { Customer } from '../../commercetools/resources/customer.ts';
import { CHANNELS } from '../../config/settings/consent.ts';
import type { Settings } from '../../config/settings.ts';
import type { Write } from '../../klaviyo/writes.ts';
import { saysYes, toWithdrawal } from '../../mappers/consent.ts';
import { toProfile } from '../../mappers/customers/profile.ts';
import { occurredAt } from '../../platform-format/message.ts';
import type { Notification } from '../../platform-format/schema.ts';
import { subscription } from '../consent.ts';
import type { PlanContext } from '../handler.ts';

const changed = z.looseObject({
  name: z.string(),
  value: z.unknown().optional(),
  previousValue: z.unknown().optional(),
});

/** The messages of which nothing but a consent is read: that a custom field changed is told by ResourceUpdated as well. */
export const consentMessages = { CustomerCustomFieldAdded: changed, CustomerCustomFieldChanged: changed };

/** What the messages of a customer carry about custom fields. */
const payload = z.looseObject({
  name: z.unknown().optional(),
  value: z.unknown().optional(),
  previousValue: z.unknown().optional(),
  previousTypeId: z.unknown().optional(),
  customFields: z
    .looseObject({ fields: z.record(z.string(), z.unknown()) })
    .optional()
    .catch(undefined),
});

/** A notification of a customer as a handler takes it. */
interface Taken {
  type: string;
  notification: Notification;
  payload?: object | undefined;
}

/**
 * Returns whether a message may change a consent that the settings name, so that the customer has to be read.
 *
 * @param created the customer that the message carries, if it tells of a creation
 */
export const tellsConsent = (taken: Taken, created: Customer | undefined, settings: Settings): boolean =>
  fieldsOf(settings).some(({ field }) => changeOf(taken, field, created) !== undefined);

/**
 * Returns who is to be subscribed or unsubscribed: where the message says that the customer's consent changed, and the customer
 * still says so. Whom an earlier plan of this attempt subscribed, and who does not say so any more, is unsubscribed.
 *
 * @param created the customer that the message carries, if it tells of a creation
 * @param customer as commercetools has it now
 */
export function consentOf(
  taken: Taken,
  created: Customer | undefined,
  customer: Customer,
  context: PlanContext,
): Write[] {
  const { settings, previous = [] } = context;
  const { notification } = taken;
  if (notification.notificationType !== 'Message') return [];
  return fieldsOf(settings).flatMap(({ channel, field }) => {
    const change = changeOf(taken, field, created ?? customer);
    const isGiven = saysYes(customer, field);
    const isTakenBack = !isGiven && previous.some((write) => write.kind === 'subscribe' && write.channel === channel);
    if (!isTakenBack && change !== (isGiven ? 'given' : 'withdrawn')) return [];
    const time = occurredAt(notification);
    if (!isGiven) return [{ kind: 'unsubscribe', ...toWithdrawal(channel, customer.id, time, settings) }];
    const { externalId, email, phoneNumber } = toProfile(customer, settings).profile;
    return subscription(channel, { externalId, email, phoneNumber, customerField: field }, time, context);
  });
}

const fieldsOf = ({ consent }: Settings) =>
  CHANNELS.flatMap((channel) => {
    const field = consent[channel]?.customerField;
    return field ? [{ channel, field }] : [];
  });

/**
 * Returns how a message says that a field changed; undefined when it says nothing of the field, or not whether it changed: a
 * message without its payload may be about any field, and a field that is `false` at first takes nothing back.
 */
function changeOf({ type, payload: carried }: Taken, field: string, created: Customer | undefined) {
  const given = (value: unknown) => (value === true ? ('given' as const) : undefined);
  if (type === 'CustomerCreated') return given(created && saysYes(created, field));
  const { name, value, previousValue, previousTypeId, customFields } = payload.parse(carried ?? {});
  const withdrawn = (isSo: boolean) => (isSo ? ('withdrawn' as const) : undefined);
  if (type === 'CustomerCustomTypeSet') {
    const set = customFields?.fields[field];
    return given(set) ?? withdrawn(set === false && Boolean(previousTypeId));
  }
  if (name !== field) return undefined;
  if (type === 'CustomerCustomFieldAdded') return given(value);
  if (type === 'CustomerCustomFieldChanged')
    return given(value) ?? withdrawn(value === false && (previousValue ?? true) === true);
  return withdrawn(type === 'CustomerCustomFieldRemoved');
}
