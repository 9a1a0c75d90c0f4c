import { isDeepStrictEqual } from 'node:util';
import type { CatalogItem, Event, Profile } from '../klaviyo/writes.ts';

/** Returns the names of those parts that are not as they were. */
const changed = <T extends object>(before: T, after: T, names: readonly (keyof T & string)[]): string[] =>
  names.filter((name) => !isDeepStrictEqual(after[name], before[name])).map((name) => `${name}: has to stay as it is`);

/** Returns what a hook must not have done to a profile: to make it another one's. */
export const faultsOfProfile = (before: Profile, after: Profile): string[] =>
  changed(before, after, ['externalId', 'email']);

/** Returns what a hook must not have done to an event: what says which fact it is, whose, and whether flows fire. */
export const faultsOfEvent = (before: Event, after: Event): string[] =>
  changed(before, after, ['metric', 'profile', 'uniqueId', 'time', 'backfill']);

/** Returns what a hook must not have done to an item: to make it another one, or to add what commercetools does not have. */
export function faultsOfItem(before: CatalogItem, after: CatalogItem): string[] {
  const isAmong =
    <T>(list: readonly T[]) =>
    (one: T) =>
      list.some((other) => isDeepStrictEqual(other, one));
  const keys = ({ variants }: CatalogItem) => variants.map(({ id, sku }) => ({ id, sku }));
  const isOnce = new Set(after.variants.map(({ id }) => id)).size === after.variants.length;
  return [
    ...changed(before, after, ['id']),
    ...(isOnce && keys(after).every(isAmong(keys(before)))
      ? []
      : ['variants: may be changed and left out; ids and SKUs have to stay, and none can be added']),
    ...(after.categories.every(isAmong(before.categories))
      ? []
      : ['categories: may be left out, and neither changed nor added']),
  ];
}
