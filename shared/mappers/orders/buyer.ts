import type { Order } from '../../commercetools/resources/order.ts';
import type { ProfileReference, ProfileWrite } from '../../klaviyo/writes.ts';
import { toLocation } from '../location.ts';

/** What a profile is recognized by. */
export interface Identity {
  externalId: string;
  email: string;
}

/** What an event may tell of a person beside the identifiers. */
export type About = Omit<ProfileReference, 'email' | 'externalId'>;

/**
 * Returns what an order knows of its buyer: the billing address, and a guest's name. Never a phone number, which several
 * people may share.
 */
export function aboutBuyer({ billingAddress: address, customerId }: Order): About {
  if (!address) return {};
  const name = customerId ? {} : { firstName: address.firstName || undefined, lastName: address.lastName || undefined };
  return { ...name, location: toLocation(address) };
}

/** Returns a profile of which nothing is written but whose it is. */
export const toIdentity = ({ externalId, email }: Identity): ProfileWrite => ({
  profile: {
    externalId,
    email,
    firstName: undefined,
    lastName: undefined,
    title: undefined,
    organization: undefined,
    locale: undefined,
    phoneNumber: undefined,
    location: undefined,
    properties: {},
  },
  trimmed: [],
});
