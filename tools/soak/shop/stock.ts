import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { change } from './notifications.ts';
import { firstSeeded } from './seeded.ts';
import type { ShopState } from './state.ts';
import { next } from './words.ts';

const seedEntry = firstSeeded('inventory-entry');

/** What becomes of stock. Each gives the notifications of one change, none when nothing can change so. */
export interface Stock {
  stock(): Change[];
  deleteStock(): Change[];
}

/** Makes up stock of products that are there. */
export function createStock(state: ShopState, random: Random): Stock {
  return {
    stock() {
      const current = random.pickRecent(state.products)?.masterData.current;
      const { sku } = (current && random.pick([current.masterVariant, ...current.variants])) ?? {};
      if (!sku) return [];
      const known = [...state.inventory.values()].find((entry) => entry.sku === sku);
      const availableQuantity = random.below(50);
      const base = known ?? { ...seedEntry, id: random.uuid(), version: 0, sku };
      const entry = next(base, { availableQuantity, quantityOnStock: availableQuantity });
      state.inventory.set(entry.id, entry);
      return [{ kind: 'inventory', payload: change(known ? 'Updated' : 'Created', 'inventory-entry', entry, { sku }) }];
    },

    deleteStock() {
      const entry = random.pickRecent(state.inventory);
      if (!entry) return [];
      state.inventory.delete(entry.id);
      return [{ kind: 'inventory', payload: change('Deleted', 'inventory-entry', entry, { sku: entry.sku }) }];
    },
  };
}
