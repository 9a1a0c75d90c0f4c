import type { Change } from './kinds.ts';
import type { Catalog } from './shop/catalog.ts';
import type { People } from './shop/people.ts';
import type { ShopState } from './shop/state.ts';

/** What makes a message's read slow, and what overtakes it meanwhile. */
export interface Race {
  /** What is there before. */
  before: (world: Actors) => Change[];
  first: (world: Actors) => Change[];
  /** Part of the URL of the read that is slow. */
  slow: string;
  /** What happens in the shop, and is delivered, while the read is under way. */
  overtaking: (world: Actors) => Change[];
}

/** Who makes the changes of a race. */
interface Actors {
  state: ShopState;
  people: People;
  catalog: Catalog;
}

const none = () => [];
const lastOf = (changes: Change[]) => changes.slice(-1);

/** Whatever may happen between a read and the write that follows it. */
export const RACES: Record<string, Race> = {
  'a customer changes twice': {
    before: ({ people }) => people.signUp(),
    first: ({ people }) => people.edit(),
    slow: '/customers/',
    overtaking: ({ people }) => people.edit(),
  },
  'a product is published twice': {
    before: none,
    first: ({ catalog }) => lastOf(catalog.publish()),
    slow: '/product-projections',
    overtaking: ({ catalog }) => catalog.republish(),
  },
  'a product is published and hidden': {
    before: none,
    first: ({ catalog }) => lastOf(catalog.publish()),
    slow: '/product-projections',
    overtaking: ({ catalog }) => catalog.unpublish(),
  },
  'a product is published and deleted': {
    before: none,
    first: ({ catalog }) => lastOf(catalog.publish()),
    slow: '/product-projections',
    overtaking: ({ catalog }) => catalog.deleteProduct(),
  },
  'a category is renamed twice': {
    before: ({ catalog }) => catalog.addCategory(),
    first: ({ catalog }) => catalog.renameCategory(),
    slow: '/categories/',
    overtaking: ({ catalog }) => catalog.renameCategory(),
  },
  'a category comes and goes': {
    before: none,
    first: ({ catalog }) => lastOf(catalog.addCategory()),
    slow: '/categories/',
    overtaking: ({ catalog }) => catalog.deleteCategory(),
  },
  'a category is renamed while one below it is moved away': {
    before: twoCategories,
    first: ({ catalog, state }) => catalog.renameCategory(rootOf(state)),
    slow: 'ancestors(',
    overtaking: moveToTop,
  },
  'a category is renamed while one below it is deleted': {
    before: twoCategories,
    first: ({ catalog, state }) => catalog.renameCategory(rootOf(state)),
    slow: 'ancestors(',
    overtaking: ({ catalog, state }) => catalog.deleteCategory(childOf(state)),
  },
  'a product is published while its category is deleted': {
    before: ({ catalog }) => catalog.addCategory(),
    first: productInCategory,
    slow: '/product-projections',
    overtaking: ({ catalog }) => catalog.deleteCategory(),
  },
  'a stock changes twice': {
    before: ({ catalog }) => lastOf(catalog.publish()),
    first: ({ catalog }) => stocked(catalog),
    slow: '/inventory',
    overtaking: ({ catalog }) => stocked(catalog),
  },
};

function twoCategories({ catalog, state }: Actors): Change[] {
  const changes: Change[] = [];
  while (!childOf(state)) changes.push(...catalog.addCategory());
  return changes;
}

function moveToTop({ state, catalog }: Actors): Change[] {
  for (;;) {
    const child = childOf(state);
    const changes = catalog.moveCategory(child);
    if (!state.categories.get(child?.id ?? '')?.parent) return lastOf(changes);
  }
}

function productInCategory({ catalog, state }: Actors): Change[] {
  for (;;) {
    const changes = catalog.publish();
    const [product] = [...state.products.values()];
    if (product?.masterData.current.categories.length) return lastOf(changes);
    state.products.clear();
  }
}

function stocked(catalog: Actors['catalog']): Change[] {
  const changes = catalog.stock();
  return changes.length > 0 ? changes : stocked(catalog);
}

const childOf = ({ categories }: ShopState) => [...categories.values()].find(({ parent }) => parent);
const rootOf = (state: ShopState) => state.categories.get(childOf(state)?.parent?.id ?? '');
