import * as z from 'zod';

/** The handlers, by which the log and the setting `handlers.disabled` name them. */
export const HANDLER_NAMES = [
  'customer',
  'erasure',
  'order-placed',
  'order-state',
  'refund',
  'shipment',
  'delivery',
  'shipment-state',
  'return',
  'return-state',
  'checkout-started',
  'category',
  'product',
  'standalone-price',
  'inventory',
  'review',
  'price-dates',
] as const;

/** The name of a handler. */
export type HandlerName = (typeof HANDLER_NAMES)[number];

/** Which handlers work. */
export const handlers = z
  .strictObject({
    disabled: z
      .array(z.enum(HANDLER_NAMES))
      .default([])
      .describe('handlers that are switched off; their messages are acknowledged as ignored'),
  })
  .prefault({});
