import type { InventoryEntry, Product } from '@commercetools/platform-sdk';
import { completeProjection } from '../../../test/doubles/shop/projection.ts';
import {
  CARTS,
  CATEGORIES,
  COMMON,
  type Conditions,
  INVENTORY,
  ORDERS,
  PAYMENTS,
  PRODUCTS,
  REVIEWS,
  skusOf,
  variablesOf,
} from './conditions.ts';
import { DISCOUNT_CODES } from './seeded.ts';
import type { ShopState } from './state.ts';

/** A page of results; `unknown` for a query that nobody makes. */
export type Answered = { results: object[]; total: number } | 'unknown';

/** Answers a query of a collection. */
export function answerQuery(state: ShopState, collection: string, query: URLSearchParams): Answered {
  switch (collection) {
    case 'customers':
      return select(state.customers, {}, query);
    case 'orders':
      return select(state.orders, ORDERS, query);
    case 'payments':
      return select(state.payments, PAYMENTS, query);
    case 'carts':
      return select(state.carts, CARTS, query);
    case 'categories':
      return select(state.categories, CATEGORIES, query);
    case 'inventory':
      return select(state.inventory, INVENTORY, query);
    case 'reviews':
      return select(state.reviews, REVIEWS, query);
    case 'discount-codes':
      return select(CODES, {}, query);
    case 'product-projections': {
      const published = (product: Product) => product.masterData.published;
      const found = select(state.products, PRODUCTS, query, published);
      if (found === 'unknown') return found;
      const currency = query.get('priceCurrency') ?? undefined;
      return { ...found, results: found.results.flatMap((product) => projection(state, product, currency)) };
    }
    default:
      return 'unknown';
  }
}

const CODES = new Map(DISCOUNT_CODES.map((code) => [code.id, code]));

interface Selected<T> {
  total: number;
  results: T[];
}

/** Between alternatives that do not stand in brackets. */
const ALTERNATIVE = / or (?![^(]*\))/;

/** Returns the test of whether one of the alternatives holds; undefined where one is not known. */
function anyOf<T>(alternatives: string[], known: Conditions<T>): Conditions<T>[string] | undefined {
  const tests = alternatives.flatMap((words) => known[words] ?? []);
  return tests.length === alternatives.length
    ? (one, variables) => tests.some((test) => test(one, variables))
    : undefined;
}

/** Returns the page that a query asks for, of all that meets its conditions. */
function select<T extends { id: string }>(
  all: ReadonlyMap<string, T>,
  conditions: Conditions<T>,
  query: URLSearchParams,
  isShown: (one: T) => boolean = () => true,
): Selected<T> | 'unknown' {
  const where = query.getAll('where');
  const known: Conditions<T> = { ...COMMON, ...conditions };
  const tests = where.flatMap((words) => anyOf(words.split(ALTERNATIVE), known) ?? []);
  if (tests.length < where.length) return 'unknown';
  const variables = variablesOf(query);
  const named = where.includes('id in :ids') ? query.getAll('var.ids') : undefined;
  const candidates = named ? named.flatMap((id) => all.get(id) ?? []) : [...all.values()];
  const found = candidates.filter((one) => isShown(one) && tests.every((test) => test(one, variables)));
  const sorted = query.has('sort') ? found.toSorted((one, other) => (one.id < other.id ? -1 : 1)) : found;
  return { total: found.length, results: sorted.slice(0, Number(query.get('limit') ?? 20)) };
}

/** The published projection as commercetools gives it; none when the product is not published. */
export function projection(state: ShopState, product: Product, currency?: string) {
  const { masterData, ...own } = product;
  if (!masterData.published) return [];
  const skus = skusOf(product);
  const inventory = [...state.inventory.values()].filter((entry: InventoryEntry) => skus.has(entry.sku));
  const whole = { ...own, ...masterData.current, published: true, hasStagedChanges: false };
  return [
    completeProjection(whole, {
      selector: { currency },
      inventory,
      standalonePrices: [...state.standalonePrices.values()],
    }),
  ];
}
