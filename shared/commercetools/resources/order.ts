import * as z from 'zod';
import {
  address,
  bounded,
  custom,
  list,
  localized,
  maybe,
  money,
  optionalList,
  optionalText,
  reference,
  storeKey,
  text,
} from './common.ts';
import { delivery, returnItem } from './delivery.ts';
import { price, variant } from './product.ts';

/** What discounts of the cart took off one price. */
const includedDiscounts = optionalList(z.looseObject({ discountedAmount: money }));

/** What discounts of the cart took off one piece, for so many pieces. */
const discountedPricePerQuantity = optionalList(
  z.looseObject({ quantity: z.number(), discountedPrice: z.looseObject({ includedDiscounts }) }),
);

const shippingInfo = z.looseObject({
  price: maybe(money),
  discountedPrice: maybe(z.looseObject({ value: money, includedDiscounts })),
  deliveries: optionalList(delivery),
});

export const orderSchema = z.looseObject({
  id: text,
  version: maybe(z.number()),
  orderNumber: optionalText,
  createdAt: z.iso.datetime({ offset: true }),
  /** When an imported order was completed where it came from; `createdAt` is when it was imported. */
  completedAt: maybe(z.iso.datetime({ offset: true })),
  lastModifiedAt: maybe(z.iso.datetime({ offset: true })),
  orderState: text,
  store: maybe(storeKey),
  customerId: optionalText,
  customerEmail: maybe(text.trim()),
  billingAddress: maybe(address),
  shippingAddress: maybe(address),
  country: optionalText,
  locale: optionalText,
  origin: optionalText,
  /** The recurring order that this order is a renewal of. */
  recurringOrder: maybe(reference),
  totalPrice: money,
  taxedPrice: maybe(z.looseObject({ totalNet: money, totalGross: money, totalTax: maybe(money) })),
  discountOnTotalPrice: maybe(z.looseObject({ discountedAmount: money })),
  discountCodes: optionalList(z.looseObject({ discountCode: reference, state: optionalText })),
  shippingInfo: maybe(shippingInfo),
  /** In place of `shippingInfo` and `shippingAddress`, with the shipping mode Multiple. */
  shipping: optionalList(z.looseObject({ shippingInfo: maybe(shippingInfo), shippingAddress: maybe(address) })),
  lineItems: bounded(
    z.looseObject({
      id: text,
      productId: text,
      productKey: optionalText,
      name: localized,
      productSlug: maybe(localized),
      /** What it costs is the line's price; an order has all prices of the variant besides. */
      variant: variant.omit({ prices: true, price: true }),
      price,
      quantity: z.number(),
      totalPrice: money,
      discountedPricePerQuantity,
      custom,
    }),
  ),
  customLineItems: list(
    z.looseObject({
      id: text.default(''),
      name: localized,
      quantity: z.number().default(1),
      totalPrice: maybe(money),
      discountedPricePerQuantity,
      custom,
    }),
  ),
  shipmentState: optionalText,
  returnInfo: optionalList(z.looseObject({ returnTrackingId: optionalText, items: list(returnItem) })),
  custom,
});

export type Order = z.output<typeof orderSchema>;
export type LineItem = Order['lineItems'][number];
export type CustomLineItem = Order['customLineItems'][number];
