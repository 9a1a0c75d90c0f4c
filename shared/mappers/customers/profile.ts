import type { Address } from '../../commercetools/resources/common.ts';
import type { Customer } from '../../commercetools/resources/customer.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import type { Selection } from '../../config/choices.ts';
import type { Settings } from '../../config/settings.ts';
import type { Location, Profile, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { select } from '../selection.ts';
import { toE164 } from './phone.ts';

/** Klaviyo takes 100 KB of a profile in all: https://developers.klaviyo.com/en/reference/create_profile */
const PROPERTIES_BYTES = 90_000;

/** How a customer is told. */
interface ProfileOptions {
  /** What stands for an empty field: null, which clears it in Klaviyo, or undefined, which keeps what Klaviyo has. */
  empty?: null;
  /** Told the names of properties that were cut to keep Klaviyo's limits. */
  onTrimmed(names: string[]): void;
}

/**
 * A customer as a Klaviyo profile. A phone number or a locale that Klaviyo would not take is left out, so that it keeps
 * what it has.
 */
export function toProfile(customer: Customer, { customers }: Settings, { empty, onTrimmed }: ProfileOptions): Profile {
  const address = mainAddress(customer);
  const { properties, trimmed } = fitProperties(
    {},
    {
      ...select(emptied(customers.customFields, empty), customers.customFields),
      ...select(customer.custom?.fields ?? {}, customers.customFields),
    },
    PROPERTIES_BYTES,
  );
  onTrimmed(trimmed);
  return {
    externalId: customer.id,
    email: customer.email,
    firstName: customer.firstName || empty,
    lastName: customer.lastName || empty,
    title: customer.title || empty,
    organization: customer.companyName || empty,
    locale: customer.locale ? countryLocale(customer.locale) : empty,
    phoneNumber: phonesOf(address).length > 0 ? usablePhone(address) : empty,
    location: address || empty === null ? toLocation(address) : undefined,
    properties,
  };
}

/** Default billing address, else the first billing address, else the first. */
function mainAddress({ addresses, defaultBillingAddressId, billingAddressIds }: Customer): Address | undefined {
  const byId = (id: string | undefined) => addresses.find((address) => id !== undefined && address.id === id);
  return byId(defaultBillingAddressId) ?? byId(billingAddressIds[0]) ?? addresses[0];
}

const phonesOf = (address: Address | undefined) => [address?.mobile, address?.phone].flatMap((number) => number || []);

const usablePhone = (address: Address | undefined): string | undefined =>
  phonesOf(address).flatMap((number) => toE164(number, address?.country) ?? [])[0];

/** Klaviyo takes a language with its country only, and no script between them. */
function countryLocale(locale: string): string | undefined {
  const [, language, country] = /^([a-z]{2,3})(?:-[A-Z][a-z]{3})?-([A-Z]{2})$/.exec(locale) ?? [];
  return country && `${language}-${country}`;
}

/** Custom fields that the settings name are known to exist, so a missing one was emptied. */
const emptied = ({ include = [], map }: Selection, empty: null | undefined) =>
  Object.fromEntries([...include, ...Object.keys(map)].map((name) => [name, empty]));

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
  return { ...name, location: toLocation(address) };
}
