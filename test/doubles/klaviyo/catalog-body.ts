import * as z from 'zod';

const text = z.string().nullish();
const number = z.number().nullish();
const id = z.string();
const category = z.literal('catalog-category');
const item = z.literal('catalog-item');
const variant = z.literal('catalog-variant');

const toCategories = z.strictObject({ data: z.array(z.strictObject({ type: category, id })) });
const toItems = z.strictObject({ data: z.array(z.strictObject({ type: item, id })) });
const toItem = z.strictObject({ data: z.strictObject({ type: item, id }) });
const ofCategory = z.strictObject({ items: toItems.optional() }).optional();
const ofItem = z.strictObject({ categories: toCategories.optional() }).optional();

const identity = {
  external_id: z.string().min(1),
  catalog_type: z.literal('$default').nullish(),
  integration_type: z.literal('$custom').nullish(),
};
const required = { title: z.string(), description: z.string(), url: z.string() };
const stock = { sku: z.string(), inventory_quantity: z.number(), price: z.number() };
/** What Klaviyo's OpenAPI document says of `custom_metadata`; of the ways to count, the strictest. */
const isSmall = (metadata: object) => Buffer.byteLength(JSON.stringify(metadata)) <= 100_000;
const optional = {
  image_full_url: text,
  image_thumbnail_url: text,
  images: z.array(z.string()).nullish(),
  custom_metadata: z.record(z.string(), z.unknown()).refine(isSmall, 'May not exceed 100kb.').nullish(),
  published: z.boolean().nullish(),
};
const inventory_policy = z.literal([0, 1, 2]).nullish();

/** The body that names an item's categories. */
export const categoryReferences = toCategories;

/** POST of a category. */
export const categoryCreate = z.strictObject({
  data: z.strictObject({
    type: category,
    attributes: z.strictObject({ ...identity, name: z.string() }),
    relationships: ofCategory,
  }),
});

/** PATCH of a category. */
export const categoryUpdate = z.strictObject({
  data: z.strictObject({
    type: category,
    id,
    attributes: z.strictObject({ name: text }),
    relationships: ofCategory,
  }),
});

/** POST of an item. */
export const itemCreate = z.strictObject({
  data: z.strictObject({
    type: item,
    attributes: z.strictObject({ ...identity, ...required, ...optional, price: number }),
    relationships: ofItem,
  }),
});

/** PATCH of an item. */
export const itemUpdate = z.strictObject({
  data: z.strictObject({
    type: item,
    id,
    attributes: z.strictObject({ title: text, description: text, url: text, price: number, ...optional }),
    relationships: ofItem,
  }),
});

/** POST of a variant. */
export const variantCreate = z.strictObject({
  data: z.strictObject({
    type: variant,
    attributes: z.strictObject({ ...identity, ...required, ...stock, ...optional, inventory_policy }),
    relationships: z.strictObject({ item: toItem }),
  }),
});

/** PATCH of a variant, which cannot be moved to another item. */
export const variantUpdate = z.strictObject({
  data: z.strictObject({
    type: variant,
    id,
    attributes: z.strictObject({
      ...{ title: text, description: text, url: text, price: number },
      ...{ sku: text, inventory_quantity: number, inventory_policy },
      ...optional,
    }),
  }),
});
