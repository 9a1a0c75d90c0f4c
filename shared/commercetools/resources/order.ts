import * as z from 'zod';
import { address, bounded, custom, list, localized, money, optional, text } from './common.ts';
import { price, variant } from './product.ts';

export const orderSchema = z.looseObject({
  id: text,
  version: z.number().optional(),
  orderNumber: optional,
  createdAt: z.iso.datetime({ offset: true }),
  orderState: text,
  customerId: optional,
  customerEmail: optional,
  billingAddress: address.optional(),
  totalPrice: money,
  lineItems: bounded(
    z.looseObject({
      id: text,
      productId: text,
      productKey: optional,
      name: localized,
      productSlug: localized.optional(),
      variant,
      price,
      quantity: z.number(),
      totalPrice: money,
    }),
  ),
  customLineItems: list(z.looseObject({ name: localized })),
  custom,
});

export type Order = z.output<typeof orderSchema>;
export type LineItem = Order['lineItems'][number];
