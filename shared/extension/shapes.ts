import * as z from 'zod';
import type { CatalogItem, Event, Profile } from '../klaviyo/writes.ts';

/** Levels of nested values that are looked at; Klaviyo takes ten, and what is deeper is cut. */
const LEVELS = 50;

const text = z.string().min(1);
const cleared = z.string().nullish();
const values = z
  .record(z.string(), z.unknown())
  .refine(
    (properties) => isJson(properties),
    'expected what JSON can tell: no function, date, NaN, class, and nothing that holds itself',
  );

/**
 * Whether a value goes through JSON unchanged, but for what is undefined.
 *
 * @param holders what the value is in: what holds itself has no end
 */
function isJson(value: unknown, holders: readonly unknown[] = []): boolean {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || holders.length === LEVELS || holders.includes(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  const within = [...holders, value];
  return Object.values(value).every((child) => isJson(child, within));
}

const location = z.strictObject({
  ...{ address1: cleared, address2: cleared, city: cleared, region: cleared, zip: cleared, country: cleared },
});

/** What a profile may leave out, which keeps what Klaviyo has. */
const KEPT = {
  ...{ firstName: undefined, lastName: undefined, title: undefined, organization: undefined },
  ...{ locale: undefined, phoneNumber: undefined, location: undefined },
};

/** A profile. */
export const profile = z
  .strictObject({
    externalId: text,
    email: text,
    ...{ firstName: cleared, lastName: cleared, title: cleared, organization: cleared },
    ...{ locale: cleared, phoneNumber: cleared },
    location: location.optional(),
    properties: values,
  })
  .transform((given): Profile => ({ ...KEPT, ...given }));

const reference = z
  .strictObject({
    ...{ email: text.optional(), externalId: text.optional(), firstName: z.string().optional() },
    ...{ lastName: z.string().optional(), location: location.optional() },
  })
  .refine(({ email, externalId }) => email ?? externalId, 'expected an email or an externalId');

/** An event. */
export const event = z.strictObject({
  metric: text,
  profile: reference,
  uniqueId: text,
  time: z.iso.datetime({ offset: true }),
  backfill: z.literal(true).optional(),
  value: z.number().optional(),
  valueCurrency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR')
    .optional(),
  properties: values,
}) satisfies z.ZodType<Event>;

/** A category. */
export const category = z.strictObject({ id: text, name: text });

/** Stock of a variant. */
export const stock = z.strictObject({
  inventoryQuantity: z.number(),
  inventoryPolicy: z.union([z.literal(1), z.literal(2)]),
});

const entry = {
  title: z.string(),
  description: z.string(),
  url: z.string(),
  imageFullUrl: z.string().nullable(),
  price: z.number(),
  customMetadata: z.record(z.string(), z.union([z.string(), z.number()])),
};

/** An item with its variants and categories. */
export const item = z.strictObject({
  ...entry,
  id: text,
  variants: z.array(z.strictObject({ ...entry, ...stock.partial().shape, id: text, sku: text })),
  categories: z.array(category),
}) satisfies z.ZodType<CatalogItem>;
