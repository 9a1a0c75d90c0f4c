import * as z from 'zod';
import { urlTemplate } from './schemas.ts';
import { catalog, prices } from './settings/catalog.ts';
import { checkouts } from './settings/checkouts.ts';
import { consent } from './settings/consent.ts';
import { customers } from './settings/customers.ts';
import { deadLetters } from './settings/dead-letters.ts';
import { events } from './settings/events.ts';
import { handlers } from './settings/handlers.ts';
import { limits } from './settings/limits.ts';
import { metrics } from './settings/metrics.ts';
import { orders } from './settings/orders.ts';
import { reviews } from './settings/reviews.ts';
import { stores } from './settings/stores.ts';

const URL_PLACEHOLDERS = ['productSlug', 'productId', 'productKey', 'sku', 'locale'] as const;

/**
 * What is synced and how. Unknown keys are refused, missing ones have the defaults given with each part. Every setting's
 * description and default stand there only: `npm run docs` writes the README's table from this schema.
 */
export const settingsSchema = z.strictObject({
  $schema: z
    .string()
    .transform(() => undefined)
    .optional()
    .describe('path or URL of `docs/settings.schema.json`, for editors only'),
  handlers,
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/, 'expected a locale such as de-DE')
    .optional()
    .describe('preferred locale of names and texts; `PREFERRED_LOCALE` when unset'),
  productUrlTemplate: urlTemplate(URL_PLACEHOLDERS)
    .optional()
    .describe('URL of a product; `PRODUCT_URL_TEMPLATE` when unset'),
  stores,
  customers,
  consent,
  orders,
  checkouts,
  events,
  metrics,
  prices,
  catalog,
  reviews,
  deadLetters,
  limits,
});

/** The settings with every default filled in. */
export type Settings = z.output<typeof settingsSchema>;
