import * as z from 'zod';
import { currency } from '../schemas.ts';

/** Which prices the catalog has. */
export const prices = z
  .strictObject({
    currency: currency
      .optional()
      .describe('currency of catalog prices, needed for Standalone prices; `PREFERRED_CURRENCY` when unset'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 code such as DE')
      .optional()
      .describe('country of catalog prices; needs a currency'),
    channel: z
      .string()
      .min(1)
      .optional()
      .describe('id of the distribution channel of catalog prices; needs a currency'),
    watchDates: z
      .boolean()
      .default(false)
      .describe(
        'whether to look for Standalone prices that begin or end, of which commercetools tells nothing, when a schedule ticks; needs a currency. Terraform makes the schedule when it is true',
      ),
  })
  .prefault({});

/** What becomes of products and their stock. */
export const catalog = z
  .strictObject({
    model: z
      .enum(['classic', 'modular'])
      .default('classic')
      .describe(
        'the `productCatalogModel` of the project: with `modular`, the variants of a product without a master variant are read where the Modular Catalog has them',
      ),
    onUnpublish: z
      .enum(['hide', 'delete'])
      .default('hide')
      .describe('`hide` or `delete`: what becomes of the item of an unpublished product'),
    categoryCacheSeconds: z
      .number()
      .nonnegative()
      .max(3600)
      .default(10)
      .describe(
        'how old the categories in the events of orders may be, in seconds: each process remembers those of a product that long',
      ),
    inventoryChannel: z
      .string()
      .min(1)
      .optional()
      .describe(
        'id of the supply channel whose stock counts; unset takes the stock without a channel, else the sum of all',
      ),
  })
  .prefault({});
