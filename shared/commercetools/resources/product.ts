import * as z from 'zod';
import { categorySchema } from './category.ts';
import { list, localized, maybe, money, optionalText, reference, text } from './common.ts';

export const price = z.looseObject({
  value: money,
  country: optionalText,
  customerGroup: maybe(reference),
  channel: maybe(reference),
  recurrencePolicy: maybe(reference),
  validFrom: optionalText,
  validUntil: optionalText,
  discounted: maybe(z.looseObject({ value: money })),
});

export const variant = z.looseObject({
  id: z.number(),
  sku: optionalText,
  key: optionalText,
  prices: list(price),
  /** What commercetools selected for the asked currency, country and channel. */
  price: maybe(price),
  images: list(z.looseObject({ url: optionalText })),
  attributes: list(z.looseObject({ name: text, value: z.unknown().optional() })),
});

/** https://docs.commercetools.com/api/projects/reviews#reviewratingstatistics */
const statistics = z.looseObject({
  averageRating: z.number(),
  count: z.number(),
  /** How many reviews gave each rating. */
  ratingsDistribution: maybe(z.record(text, z.number())),
});

const categories = list(z.object({ id: text, obj: maybe(categorySchema) }));

/** https://docs.commercetools.com/api/variants-overview#product-catalog-models */
const NO_MASTER_VARIANT =
  'there is none, as the project uses the Modular Catalog: set catalog.model to modular; the dead-letter topic keeps the message';

export const productSchema = z.looseObject({
  id: text,
  version: z.number(),
  key: optionalText,
  name: localized,
  slug: localized,
  description: maybe(localized),
  categories,
  priceMode: optionalText,
  reviewRatingStatistics: maybe(statistics),
  masterVariant: z.looseObject(variant.shape, { error: ({ input }) => (input ? undefined : NO_MASTER_VARIANT) }),
  variants: list(variant),
});

/** A product that may be of the Modular Catalog, where variants are resources of their own. */
export const modularProductSchema = productSchema.extend({ masterVariant: maybe(variant), variants: list(variant) });

/** The SKUs of a product and nothing else. */
export const skusSchema = z.object({
  masterVariant: z.object({ sku: optionalText }),
  variants: list(z.object({ sku: optionalText })),
});

/** What is read of a product itself. */
export const productStateSchema = z.object({
  version: z.number(),
  masterData: z.object({ published: z.boolean() }),
});

/** A product projection cut down to its categories, all that an order's events need of it. */
export const categorizedProductSchema = z.object({ id: text, categories });

export type Price = z.output<typeof price>;
export type Variant = z.output<typeof variant>;
export type Product = z.output<typeof productSchema>;
export type ModularProduct = z.output<typeof modularProductSchema>;
export type Skus = z.output<typeof skusSchema>;
export type ProductState = z.output<typeof productStateSchema>;
export type CategorizedProduct = z.output<typeof categorizedProductSchema>;
