import * as z from 'zod';
import { address, bounded, custom, list, localized, maybe, money, optionalText, text } from './common.ts';
import { price, variant } from './product.ts';

/** https://docs.commercetools.com/api/projects/orders#deliveryitem: `id` is that of a line item or of a custom line item. */
const deliveryItem = z.looseObject({ id: text, quantity: z.number() });

/** https://docs.commercetools.com/api/projects/orders#trackingdata */
export const trackingData = z.looseObject({
  trackingId: maybe(text.trim()),
  carrier: maybe(text.trim()),
  /** Whether the parcel is on its way back. */
  isReturn: maybe(z.boolean()),
});

/** https://docs.commercetools.com/api/projects/orders#parcel */
const parcel = z.looseObject({
  id: text,
  createdAt: z.iso.datetime({ offset: true }),
  trackingData: maybe(trackingData),
  items: list(deliveryItem),
});

/** https://docs.commercetools.com/api/projects/orders#delivery */
const delivery = z.looseObject({
  id: text,
  createdAt: z.iso.datetime({ offset: true }),
  items: list(deliveryItem),
  parcels: list(parcel),
});

const shippingInfo = maybe(z.looseObject({ deliveries: maybe(bounded(delivery)) }));

/** https://docs.commercetools.com/api/projects/orders#returnitem: of a line item or of a custom line item. */
const returnItem = z.looseObject({
  id: text,
  quantity: z.number(),
  lineItemId: optionalText,
  customLineItemId: optionalText,
  shipmentState: text,
  createdAt: z.iso.datetime({ offset: true }),
});

export const orderSchema = z.looseObject({
  id: text,
  version: maybe(z.number()),
  orderNumber: optionalText,
  createdAt: z.iso.datetime({ offset: true }),
  /** When an imported order was completed where it came from; `createdAt` is when it was imported. */
  completedAt: maybe(z.iso.datetime({ offset: true })),
  orderState: text,
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
  customLineItems: list(z.looseObject({ id: text, name: localized, quantity: z.number(), totalPrice: money, custom })),
  shipmentState: optionalText,
  shippingInfo,
  /** In place of `shippingInfo` when the shipping mode is Multiple. */
  shipping: maybe(bounded(z.looseObject({ shippingInfo }))),
  returnInfo: maybe(bounded(z.looseObject({ returnTrackingId: optionalText, items: list(returnItem) }))),
  custom,
});

export type Order = z.output<typeof orderSchema>;
export type LineItem = Order['lineItems'][number];
export type CustomLineItem = Order['customLineItems'][number];
export type Delivery = z.output<typeof delivery>;
export type Parcel = z.output<typeof parcel>;
export type ReturnItem = z.output<typeof returnItem>;
