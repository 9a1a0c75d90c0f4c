import { isDeepStrictEqual } from 'node:util';
import type { Kind } from '../kinds.ts';

/** Something in Klaviyo that is not as the shop says. */
export interface Finding {
  kind: Kind;
  /** `lost`: not there · `doubled`: there more than once · `wrong`: there and should not be, or not as it should be. */
  what: 'lost' | 'doubled' | 'wrong';
  text: string;
}

/** Every field in which something differs from what is expected, in words. Compared as JSON. */
export function differences(name: string, actual: object, expected: object): string[] {
  const [is, should]: [Record<string, unknown>, Record<string, unknown>] = JSON.parse(
    JSON.stringify([actual, expected]),
  );
  return Object.keys(should)
    .filter((field) => !isDeepStrictEqual(is[field], should[field]))
    .map((field) => `${name} ${field}: ${shown(is[field])}, expected ${shown(should[field])}`);
}

const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};
