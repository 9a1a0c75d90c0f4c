import * as z from 'zod';
import { address, bounded, custom, list, localized, maybe, money, optionalText, storeKey, text } from './common.ts';
import { price, variant } from './product.ts';

export const orderSchema = z.looseObject({
  id: text,
  version: maybe(z.number()),
  orderNumber: optionalText,
  createdAt: z.iso.datetime({ offset: true }),
  /** When an imported order was completed where it came from; `createdAt` is when it was imported. */
  completedAt: maybe(z.iso.datetime({ offset: true })),
  orderState: text,
  store: maybe(storeKey),
  customerId: optionalText,
  customerEmail: maybe(text.trim()),
  billingAddress: maybe(address),
  totalPrice: money,
  lineItems: bounded(
    z.looseObject({
      id: text,
      productId: text,
      productKey: optionalText,
      name: localized,
      productSlug: maybe(localized),
      variant,
      price,
      quantity: z.number(),
      totalPrice: money,
      custom,
    }),
  ),
  customLineItems: list(z.looseObject({ name: localized, custom })),
  custom,
});

export type Order = z.output<typeof orderSchema>;
export type LineItem = Order['lineItems'][number];
