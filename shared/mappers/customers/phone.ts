import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * Returns a phone number in E.164; undefined when the text is no valid number.
 *
 * @param country ISO 3166-1 code; the region of a number in national notation
 */
export function toE164(phone: string, country: string | undefined): string | undefined {
  const region: CountryCode | undefined = country && isSupportedCountry(country) ? country : undefined;
  const number = parsePhoneNumberFromString(phone, region);
  return number?.isValid() ? number.number : undefined;
}
