import * as z from 'zod';
import { urlTemplate } from '../schemas.ts';

const URL_PLACEHOLDERS = ['cartId', 'locale', 'storeKey'] as const;

/** Which carts are checkouts that a shopper has started and left. */
export const checkouts = z
  .strictObject({
    urlTemplate: urlTemplate(URL_PLACEHOLDERS)
      .optional()
      .describe(
        'URL that brings a shopper back to the checkout, with `{{cartId}}`, `{{locale}}`, `{{storeKey}}`; nobody is told of carts while it is unset. Terraform makes the schedule when it is set',
      ),
    idleMinutes: z
      .number()
      .int()
      .min(1)
      .max(1440)
      .default(15)
      .describe('a cart that nobody has touched for so many minutes is told as `Started Checkout`, once a day'),
  })
  .prefault({});
