import type { Address } from '../../commercetools/resources/common.ts';
import type { Customer } from '../../commercetools/resources/customer.ts';
import type { ProfileProperty } from '../../config/settings/customers.ts';
import type { Settings } from '../../config/settings.ts';
import type { Location, ProfileWrite } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { toLocation } from '../location.ts';
import { select } from '../selection.ts';
import { toE164 } from './phone.ts';
import { profileProperties } from './properties.ts';

/** Klaviyo takes 100 KB of a profile in all: https://developers.klaviyo.com/en/reference/create_profile */
export const PROPERTIES_BYTES = 90_000;

/** What a message says was emptied, and so is cleared in Klaviyo if it is empty still. */
export interface Emptied {
  fields?: readonly ('firstName' | 'lastName' | 'title' | 'organization' | 'phoneNumber')[];
  location?: readonly (keyof Location)[];
  properties?: readonly ProfileProperty[];
  /** Names of custom fields. */
  customFields?: readonly string[];
}

/**
 * Returns a customer as a Klaviyo profile. What is empty, and a phone number or a locale that Klaviyo would not take, is left
 * out, so that Klaviyo keeps what it knows from elsewhere, a form for instance.
 */
export function toProfile(customer: Customer, { customers }: Settings, emptied: Emptied = {}): ProfileWrite {
  const address = mainAddress(customer);
  const clear = (field: NonNullable<Emptied['fields']>[number]) => (emptied.fields?.includes(field) ? null : undefined);
  const { properties, trimmed } = fitProperties(
    select({ ...nulls(emptied.properties), ...profileProperties(customer) }, customers.properties),
    {
      ...select(nulls(emptied.customFields), customers.customFields),
      ...select(customer.custom?.fields ?? {}, customers.customFields),
    },
    PROPERTIES_BYTES,
  );
  const profile = {
    externalId: customer.id,
    email: customer.email,
    firstName: customer.firstName || clear('firstName'),
    lastName: customer.lastName || clear('lastName'),
    title: customer.title || clear('title'),
    organization: customer.companyName || clear('organization'),
    locale: customer.locale ? countryLocale(customer.locale) : undefined,
    phoneNumber: phonesOf(address).length > 0 ? usablePhone(address) : clear('phoneNumber'),
    location: filled({ ...nulls(emptied.location), ...toLocation(address ?? {}) }),
    properties,
  };
  return { profile, trimmed };
}

/** Returns the address that becomes the profile's: default billing address, else the first billing address, else the first. */
export function mainAddress({ addresses, defaultBillingAddressId, billingAddressIds }: Customer): Address | undefined {
  const byId = (id: string | undefined) => addresses.find((address) => id !== undefined && address.id === id);
  return byId(defaultBillingAddressId) ?? byId(billingAddressIds[0]) ?? addresses[0];
}

const phonesOf = (address: Address | undefined) => [address?.mobile, address?.phone].flatMap((number) => number || []);

/** Returns the phone number of an address in E.164, the mobile one first; undefined when there is none that can be one. */
export const usablePhone = (address: Address | undefined): string | undefined =>
  phonesOf(address).flatMap((number) => toE164(number, address?.country) ?? [])[0];

/** Klaviyo takes a language with its country only, and no script between them. */
function countryLocale(locale: string): string | undefined {
  const [, language, country] = /^([a-z]{2,3})(?:-[A-Z][a-z]{3})?-([A-Z]{2})$/.exec(locale) ?? [];
  return country && `${language}-${country}`;
}

const filled = (location: Location) => (Object.keys(location).length > 0 ? location : undefined);

const nulls = <K extends string>(names: readonly K[] = []) =>
  Object.fromEntries(names.map((name) => [name, null])) as Partial<Record<K, null>>;
