import type { Random } from '../random.ts';
import { type Categories, createCategories } from './categories.ts';
import { createProducts, type Products } from './products.ts';
import { createStandalonePrices, type StandalonePrices } from './standalone-prices.ts';
import type { ShopState } from './state.ts';
import { createStock, type Stock } from './stock.ts';

/** What becomes of the catalog. */
export type Catalog = Categories & Products & Stock & StandalonePrices;

/** Makes up categories, products and stock. */
export const createCatalog = (state: ShopState, random: Random): Catalog => ({
  ...createCategories(state, random),
  ...createProducts(state, random),
  ...createStock(state, random),
  ...createStandalonePrices(state, random),
});
