import type { Channel } from '../config/settings/consent.ts';
import type { Settings } from '../config/settings.ts';
import type { Consent, Withdrawal } from '../klaviyo/person-writes.ts';

/** A customer or an order, as far as custom fields go. */
interface Customized {
  custom?: { fields: Record<string, unknown> } | undefined;
}

/** Returns whether a custom field says yes: by `true`, and by nothing else. */
export const saysYes = ({ custom }: Customized, field: string): boolean => custom?.fields[field] === true;

/** Whose consent it is: a customer by id, or a guest. */
type Person = Pick<Consent, 'externalId' | 'customerField'> & { email: string; phoneNumber: string | null | undefined };

/** Returns what is to be written of a consent; undefined for a phone number that there is none of, or that is none. */
export function toConsent(channel: Channel, person: Person, time: string, { consent }: Settings): Consent | undefined {
  const { externalId, customerField, email, phoneNumber } = person;
  const address = channel === 'email' ? email : phoneNumber;
  const { list, source = '' } = consent[channel] ?? {};
  return address ? { channel, address, externalId, customerField, time, list, source } : undefined;
}

/** Returns what is to be written of a consent that a customer has withdrawn. */
export function toWithdrawal(channel: Channel, externalId: string, time: string, { consent }: Settings): Withdrawal {
  const { list, source = '' } = consent[channel] ?? {};
  return { channel, externalId, time, list, source };
}

/**
 * Returns whether a message may still subscribe somebody. One from the future may not either: nothing in Klaviyo would be
 * younger.
 *
 * @param time of what the message tells, ISO 8601
 * @param now milliseconds since the epoch
 */
export function isRecent(time: string, now: number, { consent }: Settings): boolean {
  const age = now - Date.parse(time);
  return age > -HOUR && age < consent.withinHours * HOUR;
}

const HOUR = 3_600_000;
