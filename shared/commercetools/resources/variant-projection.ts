import * as z from 'zod';
import { reference, text } from './common.ts';
import { variant } from './product.ts';

/**
 * A variant of the Modular Catalog, with the selected price and without others.
 *
 * Source: https://docs.commercetools.com/api/projects/variant-projections
 */
export const variantProjectionSchema = z.looseObject({
  ...variant.shape,
  id: text,
  /** Its number within the product, as `id` is elsewhere. */
  variantId: z.number(),
  product: reference,
  /** Whether it stands for its product. */
  default: z.boolean(),
});
