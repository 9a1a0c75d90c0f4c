import type { Address } from '../commercetools/resources/common.ts';
import type { Customer } from '../commercetools/resources/customer.ts';
import type { Order } from '../commercetools/resources/order.ts';
import type { Selection, Settings } from '../config/settings.ts';
import type { Location, Profile, ProfileReference } from '../klaviyo/writes.ts';
import { toE164 } from './phone.ts';
import { select } from './selection.ts';

/**
 * A customer as a Klaviyo profile. What is empty in commercetools is null, which clears it in Klaviyo; a phone number
 * that cannot be one is left out, so that Klaviyo keeps what it has.
 */
export function toProfile(customer: Customer, { customers }: Settings): Profile {
  const address = mainAddress(customer);
  return {
    externalId: customer.id,
    email: customer.email,
    firstName: customer.firstName || null,
    lastName: customer.lastName || null,
    title: customer.title || null,
    organization: customer.companyName || null,
    locale: fullLocale(customer.locale) ?? null,
    phoneNumber: phoneOf(address),
    location: toLocation(address),
    properties: select({ ...emptied(customers.customFields), ...customer.custom?.fields }, customers.customFields),
  };
}

/** Default billing address, else the first billing address, else the first. */
function mainAddress({ addresses, defaultBillingAddressId, billingAddressIds }: Customer): Address | undefined {
  const byId = (id: string | undefined) => addresses.find((address) => id !== undefined && address.id === id);
  return byId(defaultBillingAddressId) ?? byId(billingAddressIds[0]) ?? addresses[0];
}

/** null when the address has no number at all; undefined when what it has is no number. */
function phoneOf(address: Address | undefined): string | null | undefined {
  const numbers = [address?.mobile, address?.phone].flatMap((number) => number || []);
  if (numbers.length === 0) return null;
  return numbers.flatMap((number) => toE164(number, address?.country) ?? [])[0];
}

/** Klaviyo takes a language with its region only. */
const fullLocale = (locale: string | undefined) =>
  locale && /^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})$/.test(locale) ? locale : undefined;

/** Custom fields that the settings name are known to exist, so a missing one was emptied. */
const emptied = ({ include = [], map }: Selection) =>
  Object.fromEntries([...include, ...Object.keys(map)].map((name) => [name, null]));

/** An address as Klaviyo's location; null for each part that is empty. */
export function toLocation(address: Partial<Address> | undefined): Location {
  const line = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(', ') || null;
  return {
    address1: line(address?.apartment, address?.building, address?.streetNumber, address?.streetName),
    address2: line(address?.additionalStreetInfo, address?.additionalAddressInfo),
    city: address?.city || null,
    region: address?.region || address?.state || null,
    zip: address?.postalCode || null,
    country: address?.country || null,
  };
}

/** Whose event it is: by e-mail and customer id, whatever the order has; undefined when it has neither. */
export function toProfileReference({ customerEmail, customerId }: Order): ProfileReference | undefined {
  if (!customerEmail && !customerId) return undefined;
  return { email: customerEmail || undefined, externalId: customerId || undefined };
}

/** What an order tells of its buyer: the billing address, and a guest's name. Never a phone number, which may be shared. */
export function aboutBuyer({
  billingAddress: address,
  customerId,
}: Order): Omit<ProfileReference, 'email' | 'externalId'> {
  if (!address) return {};
  const name = customerId ? {} : { firstName: address.firstName || undefined, lastName: address.lastName || undefined };
  const known = Object.entries(toLocation(address)).filter(([, value]) => value !== null);
  return { ...name, location: Object.fromEntries(known) };
}
