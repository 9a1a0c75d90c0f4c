import type { Order } from '../../commercetools/resources/order.ts';
import type { ProfileReference } from '../../klaviyo/writes.ts';
import { toLocation } from '../location.ts';

/** What an event may tell of a person beside the identifiers. */
export type About = Omit<ProfileReference, 'email' | 'externalId'>;

/**
 * Returns what an order knows of its buyer: the billing address, and a guest's name. Never a phone number, which several
 * people may share.
 */
export function aboutBuyer({
  billingAddress: address,
  customerId,
}: Pick<Order, 'billingAddress' | 'customerId'>): About {
  if (!address) return {};
  const name = customerId ? {} : { firstName: address.firstName || undefined, lastName: address.lastName || undefined };
  return { ...name, location: toLocation(address) };
}
