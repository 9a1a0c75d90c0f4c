import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { PermanentError } from '../../errors.ts';
import { answered, type ListEntry } from './answers.ts';

const single = z.looseObject({
  data: z.looseObject({ id: z.string(), attributes: z.looseObject({}).optional() }),
});

/** Returns what a call answers; `otherwise` when Klaviyo does not have what the call is about (404). */
export async function unlessMissing<T>(call: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PermanentError && error.status === 404) return otherwise;
    throw error;
  }
}

/** Returns the object that a call reads; undefined when Klaviyo does not have it. */
export const readShown = (call: Promise<{ response: { data: unknown } }>): Promise<ListEntry | undefined> =>
  unlessMissing(
    call.then((answer) => answered(single, answer).data),
    undefined,
  );

/**
 * Returns whether Klaviyo shows these attributes of an object as they are to be; an undefined one is not to be written. Klaviyo
 * may show an empty text as null.
 */
export const isShown = (wanted: object, shown: ListEntry | undefined): boolean =>
  shown !== undefined &&
  Object.entries(wanted).every(
    ([name, value]) =>
      value === undefined || isDeepStrictEqual(told(value), told(shown.attributes?.[inSnakeCase(name)])),
  );

const told = (value: unknown): unknown => (value === '' ? null : (value ?? null));

const inSnakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
