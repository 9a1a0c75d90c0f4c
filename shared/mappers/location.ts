import type { Address } from '../commercetools/resources/common.ts';
import type { Location } from '../klaviyo/writes.ts';

/** Returns an address as Klaviyo's location; null for each part that is empty. */
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
