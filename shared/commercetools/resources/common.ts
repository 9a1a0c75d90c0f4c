import * as z from 'zod';
// By its own name: `z.core` as a value takes all of core into the bundle.
import { $ZodTransform } from 'zod/v4/core';

/**
 * The parts of commercetools' resources that the mappers read. Everything else passes through untouched, as an event
 * carries the order's own properties. This file has what several resources share.
 *
 * Source: https://docs.commercetools.com/api and the types of @commercetools/platform-sdk
 */

/** A lone surrogate has no place in a URL, nor in JSON for others. */
export const text = z.string().overwrite((value) => value.toWellFormed());
/** Klaviyo takes ten levels: what lies deeper is cut before it is sent, and may lie deeper than the stack. */
const LEVELS = 10;
/** Returns JSON whose texts and names of fields have no lone surrogate. */
const wellFormed = (value: unknown, levels = LEVELS): unknown => {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  if (Array.isArray(value)) return value.map((child) => wellFormed(child, levels - 1));
  const mended = ([name, child]: [string, unknown]) => [name.toWellFormed(), wellFormed(child, levels - 1)];
  return Object.fromEntries(Object.entries(value).map(mended));
};
/** `.transform` would prepare each value's report of problems, which takes as long as all else. */
const orElse = <T extends z.ZodType, E>(of: T, absent: () => E) => {
  type Given = z.output<T> | null | undefined;
  const transform = (value: unknown) => value ?? absent();
  const filled = new $ZodTransform({ type: 'transform', transform });
  return z.pipe(of.nullish(), filled as $ZodTransform<NonNullable<z.output<T>> | E, Given>);
};
/** A value that may be missing or null; both become undefined. */
export const maybe = <T extends z.ZodType>(of: T) => orElse(of, () => undefined).optional();
/** A text that may be missing or null. */
export const optionalText = maybe(text);
/** Texts by locale. */
export const localized = z.record(text, text);
/** A required list. The length is checked first: a hundred thousand malformed entries would be as many problems to report. */
export const bounded = <T extends z.ZodType>(of: T) => z.array(z.unknown()).max(10_000).pipe(z.array(of));
/** A list that may be missing or null, and then stays out of the properties of events. */
export const optionalList = <T extends z.ZodType>(of: T) => maybe(bounded(of));
/** A list; missing or null means empty. */
export const list = <T extends z.ZodType>(of: T) => orElse(bounded(of), (): z.output<T>[] => []);

/** https://docs.commercetools.com/api/types#money */
export const money = z.looseObject({
  type: optionalText,
  currencyCode: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code'),
  centAmount: z.number(),
  /** Digits of the currency, or of `preciseAmount` when the type is highPrecision. */
  fractionDigits: maybe(z.number().int().min(0).max(20)),
  preciseAmount: maybe(z.number()),
});

/** Custom fields by name. */
export const custom = maybe(
  z.looseObject({
    fields: z.record(
      text,
      z.unknown().transform((value) => wellFormed(value)),
    ),
  }),
);

/** A reference to another resource. */
export const reference = z.looseObject({ id: text });

/** A store, by its key. */
export const storeKey = z.looseObject({ key: text });

export const address = z.looseObject({
  id: optionalText,
  country: optionalText,
  firstName: optionalText,
  lastName: optionalText,
  apartment: optionalText,
  building: optionalText,
  streetNumber: optionalText,
  streetName: optionalText,
  additionalStreetInfo: optionalText,
  additionalAddressInfo: optionalText,
  city: optionalText,
  region: optionalText,
  state: optionalText,
  postalCode: optionalText,
  phone: optionalText,
  mobile: optionalText,
});

export type Money = z.output<typeof money>;
export type LocalizedString = z.output<typeof localized>;
export type Address = z.output<typeof address>;
