import * as z from 'zod';
import { list, maybe, optionalText, text } from './common.ts';

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
export const delivery = z.looseObject({
  id: text,
  createdAt: z.iso.datetime({ offset: true }),
  items: list(deliveryItem),
  parcels: list(parcel),
});

/** https://docs.commercetools.com/api/projects/orders#returnitem: of a line item or of a custom line item. */
export const returnItem = z.looseObject({
  id: text,
  quantity: z.number(),
  lineItemId: optionalText,
  customLineItemId: optionalText,
  shipmentState: text,
  createdAt: z.iso.datetime({ offset: true }),
});

export type Delivery = z.output<typeof delivery>;
export type Parcel = z.output<typeof parcel>;
export type ReturnItem = z.output<typeof returnItem>;
