import * as z from 'zod';
import { address, custom, list, optional, text } from './common.ts';

export const customerSchema = z.looseObject({
  id: text,
  version: z.number().optional(),
  email: text,
  firstName: optional,
  lastName: optional,
  title: optional,
  companyName: optional,
  locale: optional,
  addresses: list(address),
  defaultBillingAddressId: optional,
  billingAddressIds: list(text),
  custom,
});

export type Customer = z.output<typeof customerSchema>;
