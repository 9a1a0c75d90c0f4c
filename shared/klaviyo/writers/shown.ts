import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { answered, type ListEntry, unlessRefused } from './answers.ts';

const single = z.looseObject({
  data: z.looseObject({ id: z.string(), attributes: z.looseObject({}).optional() }),
});

/** Returns the object that a call reads; undefined when Klaviyo does not have it. */
export const readShown = (call: Promise<{ response: { data: unknown } }>): Promise<ListEntry | undefined> =>
  unlessRefused(
    call.then((answer) => answered(single, answer).data),
    undefined,
    404,
  );

/** Returns whether Klaviyo shows these attributes of an object as they are to be, as `differing` compares them. */
export const isShown = (wanted: object, shown: ListEntry | undefined): boolean =>
  shown !== undefined && differing(inKlaviyosNames(wanted), shown.attributes).length === 0;

/**
 * Returns the names of those values that are not shown as they are wanted; an undefined one is not to be written. Klaviyo may show an
 * empty text as null.
 */
export const differing = (wanted: object, shown: Readonly<Record<string, unknown>> = {}): string[] =>
  Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined || isDeepStrictEqual(told(value), told(shown[name])) ? [] : name,
  );

/** Returns attributes by the names that Klaviyo shows them by: `image_full_url` for `imageFullUrl`. */
export const inKlaviyosNames = (attributes: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [inSnakeCase(name), value]));

const told = (value: unknown): unknown => (value === '' ? null : (value ?? null));

const inSnakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
