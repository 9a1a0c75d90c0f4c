import type { Settings } from '../config/settings.ts';

/** A store by its key. */
interface Store {
  key: string;
}

/** Returns whether a customer of these stores is synced: all are where the settings name no store. */
export function isServed(of: readonly Store[], { stores }: Settings): boolean {
  if (!stores.include) return true;
  if (of.length === 0) return stores.withoutStore;
  return of.some(({ key }) => stores.include?.includes(key));
}

/** Returns whether an order or a cart is synced, by its store. */
export const isOfServed = ({ store }: { store?: Store | undefined }, settings: Settings): boolean =>
  isServed(store ? [store] : [], settings);
