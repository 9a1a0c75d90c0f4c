import * as z from 'zod';
import { address, custom, list, maybe, optionalText, text } from './common.ts';

export const customerSchema = z.looseObject({
  id: text,
  version: maybe(z.number()),
  email: text.trim(),
  firstName: optionalText,
  lastName: optionalText,
  title: optionalText,
  companyName: optionalText,
  locale: optionalText,
  addresses: list(address),
  defaultBillingAddressId: optionalText,
  billingAddressIds: list(text),
  custom,
});

export type Customer = z.output<typeof customerSchema>;
