import type { Channel } from '../config/settings/consent.ts';

/** A customer whom Klaviyo is to know by id and e-mail, before events name the customer by the id alone. */
export interface Identification {
  externalId: string;
  email: string;
  /** Klaviyo's id of the customer's profile; undefined when there is none. */
  profileId: string | undefined;
}

/** A profile to be erased with all that Klaviyo knows of the person, for good. */
export interface Erasure {
  externalId: string;
}

/** A consent to marketing that was given. */
export interface Consent {
  channel: Channel;
  /** The e-mail address, or the phone number in E.164. */
  address: string;
  /** The customer who said so; undefined for a guest. */
  externalId: string | undefined;
  /** The customer's custom field that says so, and may say otherwise by now; undefined when an order says so. */
  customerField: string | undefined;
  /** When it was said, ISO 8601. */
  time: string;
  /** Id of Klaviyo's list. */
  list: string | undefined;
  source: string;
}

/** A consent to marketing that a customer has withdrawn: for the address that the profile has, as that one was subscribed. */
export type Withdrawal = Pick<Consent, 'channel' | 'time' | 'list' | 'source'> & { externalId: string };
