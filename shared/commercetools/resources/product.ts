import * as z from 'zod';
import { categorySchema } from './category.ts';
import { list, localized, money, optional, reference, text } from './common.ts';

export const price = z.looseObject({
  value: money,
  country: optional,
  customerGroup: reference.optional(),
  channel: reference.optional(),
  validFrom: optional,
  validUntil: optional,
  discounted: z.looseObject({ value: money }).optional(),
});

const stock = z.looseObject({ availableQuantity: z.number().optional() });

export const variant = z.looseObject({
  id: z.number(),
  sku: optional,
  key: optional,
  prices: list(price),
  /** What commercetools selected for the asked currency, country and channel. */
  price: price.optional(),
  images: list(z.looseObject({ url: text })),
  attributes: list(z.looseObject({ name: text, value: z.unknown().optional() })),
  availability: stock.extend({ channels: z.record(text, stock).optional() }).optional(),
});

const categories = list(z.object({ id: text, obj: categorySchema.optional() }));

export const productSchema = z.looseObject({
  id: text,
  version: z.number(),
  key: optional,
  name: localized,
  slug: localized,
  description: localized.optional(),
  categories,
  masterVariant: variant,
  variants: list(variant),
});

export const productStateSchema = z.object({ masterData: z.object({ published: z.boolean() }) });

/** A product projection cut down to its categories, all that an order's events need of it. */
export const productCategoriesSchema = z.object({ id: text, categories });

export type Price = z.output<typeof price>;
export type Variant = z.output<typeof variant>;
export type Product = z.output<typeof productSchema>;
export type ProductCategories = z.output<typeof productCategoriesSchema>;
