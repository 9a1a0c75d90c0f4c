import * as z from 'zod';
import { maybe, optionalText, text } from './common.ts';
import { orderSchema } from './order.ts';

const { id, customerId, customerEmail, billingAddress, totalPrice, lineItems, customLineItems } = orderSchema.shape;

/** A cart has what an order has that is made of it. Source: https://docs.commercetools.com/api/projects/carts#cart */
export const cartSchema = z.looseObject({
  ...{ id, customerId, customerEmail, billingAddress, totalPrice, lineItems, customLineItems },
  lastModifiedAt: z.iso.datetime({ offset: true }),
  country: optionalText,
  locale: optionalText,
  store: maybe(z.looseObject({ key: text })),
});

export type Cart = z.output<typeof cartSchema>;
