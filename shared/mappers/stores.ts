import type { Settings } from '../config/settings.ts';

/**
 * Returns whether somebody or something of these stores is synced: all are where the settings name no store.
 *
 * @param of the stores of a customer, or the store of an order or a cart, by their keys
 */
export function isServed(of: readonly { key: string }[], { stores }: Settings): boolean {
  if (!stores.include) return true;
  if (of.length === 0) return stores.withoutStore;
  return of.some(({ key }) => stores.include?.includes(key));
}
