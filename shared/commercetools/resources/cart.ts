import * as z from 'zod';
import { orderSchema } from './order.ts';

const { id, customerId, customerEmail, billingAddress, shippingAddress, shipping } = orderSchema.shape;
const { country, locale, store, totalPrice, lineItems, customLineItems } = orderSchema.shape;

/** A cart has what an order has that is made of it. Source: https://docs.commercetools.com/api/projects/carts#cart */
export const cartSchema = z.looseObject({
  ...{ id, customerId, customerEmail, billingAddress, shippingAddress, shipping },
  ...{ country, locale, store, totalPrice, lineItems, customLineItems },
  lastModifiedAt: z.iso.datetime({ offset: true }),
});

/** A cart that a query has found: one that is malformed is not to keep the others of its page from being read. */
export const foundCartSchema = z.looseObject({ id });

export type FoundCart = z.output<typeof foundCartSchema>;
export type Cart = z.output<typeof cartSchema>;
