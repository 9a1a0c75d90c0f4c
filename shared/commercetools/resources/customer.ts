import * as z from 'zod';
import { address, custom, list, maybe, optionalText, reference, storeKey, text } from './common.ts';

/** A reference to a customer group; with the group where it was asked for, is still there and may be read. */
const customerGroup = reference.extend({ obj: maybe(z.looseObject({ key: optionalText, name: optionalText })) });

export const customerSchema = z.looseObject({
  id: text,
  version: maybe(z.number()),
  email: text.trim(),
  firstName: optionalText,
  lastName: optionalText,
  title: optionalText,
  companyName: optionalText,
  locale: optionalText,
  createdAt: optionalText,
  lastModifiedAt: maybe(z.iso.datetime({ offset: true })),
  customerNumber: optionalText,
  salutation: optionalText,
  middleName: optionalText,
  dateOfBirth: optionalText,
  vatId: optionalText,
  isEmailVerified: maybe(z.boolean()),
  customerGroup: maybe(customerGroup),
  customerGroupAssignments: list(z.looseObject({ customerGroup })),
  stores: list(storeKey),
  addresses: list(address),
  defaultBillingAddressId: optionalText,
  billingAddressIds: list(text),
  custom,
});

export type Customer = z.output<typeof customerSchema>;
