import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { change, message } from './notifications.ts';
import { euros } from './order-facts.ts';
import { firstSeeded } from './seeded.ts';
import type { ShopState } from './state.ts';
import { next } from './words.ts';

const seedPrice = firstSeeded('standalone-price');

/** What becomes of Standalone prices. Each gives the notifications of one change, none when nothing can change so. */
export interface StandalonePrices {
  price(): Change[];
  deletePrice(): Change[];
}

/** Makes up prices of SKUs whose product has Standalone prices. */
export function createStandalonePrices(state: ShopState, random: Random): StandalonePrices {
  function skus(): string[] {
    const products = [...state.products.values()].filter(({ priceMode }) => priceMode === 'Standalone');
    return products.flatMap(({ masterData: { current } }) =>
      [current.masterVariant, ...current.variants].flatMap(({ sku }) => sku ?? []),
    );
  }

  return {
    price() {
      const known = skus();
      if (known.length === 0) return [];
      const sku = random.pick(known);
      const price = [...state.standalonePrices.values()].find((one) => one.sku === sku);
      const value = euros(500 + random.below(30_000));
      const created = { ...seedPrice, id: random.uuid(), version: 1, sku, value, country: undefined, active: true };
      const changed = price ? next(price, { value }) : created;
      state.standalonePrices.set(changed.id, changed);
      return [
        { kind: 'standalone-price', payload: change(price ? 'Updated' : 'Created', 'standalone-price', changed) },
      ];
    },

    deletePrice() {
      const price = random.pickRecent(state.standalonePrices);
      if (!price) return [];
      state.standalonePrices.delete(price.id);
      const payload = message('StandalonePriceDeleted', 'standalone-price', next(price, {}), { sku: price.sku });
      return [{ kind: 'standalone-price', payload }];
    },
  };
}
