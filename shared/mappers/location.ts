import type { Address } from '../commercetools/resources/common.ts';
import type { Location } from '../klaviyo/writes.ts';

/** Returns an address as Klaviyo's location, without the parts that are empty. */
export function toLocation(address: Partial<Address>): Location {
  const line = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(', ');
  const location = {
    address1: line(address.apartment, address.building, address.streetNumber, address.streetName),
    address2: line(address.additionalStreetInfo, address.additionalAddressInfo),
    city: address.city,
    region: address.region || address.state,
    zip: address.postalCode,
    country: address.country,
  };
  return Object.fromEntries(Object.entries(location).filter(([, part]) => part));
}
