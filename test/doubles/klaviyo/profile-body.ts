import { parsePhoneNumberFromString } from 'libphonenumber-js';
import * as z from 'zod';

const text = z.string().nullish();
const coordinate = z.union([z.string(), z.number()]).nullish();

/** An e-mail address in a request. */
export const emailAddress = z
  .string()
  .regex(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/, 'Invalid email address')
  .nullish();

/** A phone number in a request: E.164. */
export const phone = z
  .string()
  .refine(isPhoneNumber, 'Invalid phone number format (Example of a valid format: +12345678901)')
  .nullish();

/** The attributes of a profile in a request. Those the stand-in does not act on are refused rather than ignored. */
const profileAttributes = z.strictObject({
  email: emailAddress,
  phone_number: phone,
  external_id: text,
  first_name: text,
  last_name: text,
  organization: text,
  locale: text,
  title: text,
  image: text,
  location: z
    .strictObject({
      address1: text,
      address2: text,
      city: text,
      country: text,
      latitude: coordinate,
      longitude: coordinate,
      region: text,
      zip: text,
      timezone: text,
      ip: text,
    })
    .optional(),
  properties: z.record(z.string(), z.unknown()).nullish(),
});

/** The attributes of a profile in a request: what is absent is kept, null clears. */
export type ProfileAttributes = z.infer<typeof profileAttributes>;

/** A profile in a request; where an id is required or forbidden, the route says so. */
export const profileBody = z.strictObject({
  data: z.strictObject({ type: z.literal('profile'), id: z.string().nullish(), attributes: profileAttributes }),
});

function isPhoneNumber(phone: string): boolean {
  return /^\+[1-9]\d{1,14}$/.test(phone) && parsePhoneNumberFromString(phone)?.isValid() === true;
}
