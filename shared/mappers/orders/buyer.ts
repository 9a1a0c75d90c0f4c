import type { Order } from '../../commercetools/resources/order.ts';
import type { ProfileReference } from '../../klaviyo/writes.ts';
import { toLocation } from '../location.ts';

/** Returns whose event it is: by e-mail and customer id, whatever the order has; undefined when the order has neither. */
export function toProfileReference({ customerEmail, customerId }: Order): ProfileReference | undefined {
  if (!customerEmail && !customerId) return undefined;
  return { email: customerEmail || undefined, externalId: customerId || undefined };
}

/**
 * Returns what an order knows of its buyer: the billing address, and a guest's name. Never a phone number, which several
 * people may share.
 */
export function aboutBuyer({
  billingAddress: address,
  customerId,
}: Order): Omit<ProfileReference, 'email' | 'externalId'> {
  if (!address) return {};
  const name = customerId ? {} : { firstName: address.firstName || undefined, lastName: address.lastName || undefined };
  return { ...name, location: toLocation(address) };
}
