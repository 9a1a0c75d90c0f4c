import * as z from 'zod';

/**
 * The parts of commercetools' resources that the mappers read. Everything else passes through untouched, as an event
 * carries the order's own properties.
 *
 * Source: https://docs.commercetools.com/api and the types of @commercetools/platform-sdk
 */
/** A lone surrogate has no place in a URL, nor in JSON for others. */
const text = z.string().overwrite((value) => value.toWellFormed());
const optional = text.nullish().transform((value) => value ?? undefined);
const localized = z.record(text, text);
/** Looks at the length first: a hundred thousand malformed entries would be as many problems to tell. */
const bounded = <T extends z.ZodType>(of: T) => z.array(z.unknown()).max(10_000).pipe(z.array(of));
const list = <T extends z.ZodType>(of: T) => bounded(of).default([]);

const money = z.looseObject({
  type: optional,
  currencyCode: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code'),
  centAmount: z.number(),
  /** Digits of the currency, or of `preciseAmount` when the type is highPrecision. */
  fractionDigits: z.number().int().min(0).max(20).optional(),
  preciseAmount: z.number().optional(),
});

const custom = z.looseObject({ fields: z.record(text, z.unknown()) }).optional();

const reference = z.looseObject({ id: text });

const address = z.looseObject({
  id: optional,
  country: optional,
  firstName: optional,
  lastName: optional,
  apartment: optional,
  building: optional,
  streetNumber: optional,
  streetName: optional,
  additionalStreetInfo: optional,
  additionalAddressInfo: optional,
  city: optional,
  region: optional,
  state: optional,
  postalCode: optional,
  phone: optional,
  mobile: optional,
});

const price = z.looseObject({
  value: money,
  country: optional,
  customerGroup: reference.optional(),
  channel: reference.optional(),
  validFrom: optional,
  validUntil: optional,
  discounted: z.looseObject({ value: money }).optional(),
});

const stock = z.looseObject({ availableQuantity: z.number().optional() });

const variant = z.looseObject({
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

export const customerSchema = z.looseObject({
  id: text,
  email: text,
  firstName: optional,
  lastName: optional,
  title: optional,
  companyName: optional,
  locale: optional,
  addresses: list(address),
  defaultBillingAddressId: optional,
  billingAddressIds: list(text),
  custom,
});

export const orderSchema = z.looseObject({
  id: text,
  version: z.number().optional(),
  orderNumber: optional,
  createdAt: z.iso.datetime({ offset: true }),
  orderState: text,
  customerId: optional,
  customerEmail: optional,
  billingAddress: address.optional(),
  totalPrice: money,
  lineItems: bounded(
    z.looseObject({
      id: text,
      productId: text,
      productKey: optional,
      name: localized,
      productSlug: localized.optional(),
      variant,
      price,
      quantity: z.number(),
      totalPrice: money,
    }),
  ),
  customLineItems: list(z.looseObject({ name: localized })),
  custom,
});

export const transactionSchema = z.looseObject({
  id: text,
  timestamp: z.iso.datetime({ offset: true }).optional(),
  type: text,
  amount: money,
  state: text,
});

export const paymentSchema = z.looseObject({ id: text, transactions: z.array(transactionSchema) });

const ancestor = z.object({
  id: text,
  obj: z.object({ name: localized, parent: reference.optional() }).optional(),
});

/** Cut down to what is read, as categories are kept for a while. */
export const categorySchema = z.object({
  id: text,
  name: localized,
  parent: reference.optional(),
  ancestors: list(ancestor),
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

export const inventoryEntrySchema = z.looseObject({
  id: text,
  sku: text,
  supplyChannel: reference.optional(),
  availableQuantity: z.number(),
});

export type Money = z.output<typeof money>;
export type LocalizedString = z.output<typeof localized>;
export type Address = z.output<typeof address>;
export type Price = z.output<typeof price>;
export type Variant = z.output<typeof variant>;
export type Customer = z.output<typeof customerSchema>;
export type Order = z.output<typeof orderSchema>;
export type LineItem = Order['lineItems'][number];
export type Transaction = z.output<typeof transactionSchema>;
export type Payment = z.output<typeof paymentSchema>;
export type Category = z.output<typeof categorySchema>;
export type Product = z.output<typeof productSchema>;
export type ProductCategories = z.output<typeof productCategoriesSchema>;
export type InventoryEntry = z.output<typeof inventoryEntrySchema>;
