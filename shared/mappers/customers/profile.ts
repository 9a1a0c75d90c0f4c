import type { Address } from '../../commercetools/resources/common.ts';
import type { Customer } from '../../commercetools/resources/customer.ts';
import type { Selection } from '../../config/schemas.ts';
import type { Settings } from '../../config/settings.ts';
import type { ProfileWrite } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { toLocation } from '../location.ts';
import { select } from '../selection.ts';
import { toE164 } from './phone.ts';

/** Klaviyo takes 100 KB of a profile in all: https://developers.klaviyo.com/en/reference/create_profile */
const PROPERTIES_BYTES = 90_000;

/** Options of `toProfile`. */
interface ProfileOptions {
  /** What stands for an empty field: null clears the field in Klaviyo, undefined keeps what Klaviyo has. */
  empty?: null;
}

/**
 * Returns a customer as a Klaviyo profile. A phone number or a locale that Klaviyo would not take is left out, so that
 * Klaviyo keeps what it has.
 */
export function toProfile(customer: Customer, { customers }: Settings, { empty }: ProfileOptions): ProfileWrite {
  const address = mainAddress(customer);
  const { properties, trimmed } = fitProperties(
    {},
    {
      ...select(emptied(customers.customFields, empty), customers.customFields),
      ...select(customer.custom?.fields ?? {}, customers.customFields),
    },
    PROPERTIES_BYTES,
  );
  const profile = {
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
  return { profile, trimmed };
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
