import type * as z from 'zod';
import { catalogId, changes, entries, entry, refuseDuplicate } from './catalog.ts';
import { categoryCreate, categoryUpdate } from './catalog-body.ts';
import { created, removed, updated, type Written } from './catalog-writes.ts';
import { itemKind } from './item-kind.ts';
import { identifiers, type Kind, many, one } from './resource.ts';
import type { Call, Route } from './route.ts';
import type { Category, Item, State } from './state.ts';

const itemsOf = ({ id }: Category, { items }: State) =>
  [...items.values()].filter(({ categories }) => categories.includes(id));

/** How categories are shown and listed. */
export const categoryKind: Kind<Category> = {
  type: 'catalog-category',
  path: '/api/catalog-categories',
  attributes: ['external_id', 'name', 'updated'],
  all: ({ categories }) => categories.values(),
  filters: {
    ids: { operators: ['any'], of: ({ id }) => id, find: (id, { categories }) => entries(categories, [id]) },
    'item.id': {
      operators: ['equals'],
      of: (category, state) => itemsOf(category, state).map(({ id }) => id),
      find: (id, { items, categories }) => entries(items, [id]).flatMap((item) => entries(categories, item.categories)),
    },
    name: { operators: ['contains'], of: ({ name }) => name },
  },
  pageSize: 100,
};

/** Klaviyo's operations on catalog categories. */
export const categoryRoutes: Route[] = [
  { method: 'GET', path: '/api/catalog-categories', answer: (call) => many(categoryKind, call) },
  { method: 'POST', path: '/api/catalog-categories', answer: (call) => created(categoryKind, categoryWrites, call) },
  { method: 'GET', path: '/api/catalog-categories/{id}', answer: (call) => one(categoryKind, find(call), call) },
  {
    method: 'PATCH',
    path: '/api/catalog-categories/{id}',
    answer: (call) => updated(categoryKind, categoryWrites, call),
  },
  { method: 'DELETE', path: '/api/catalog-categories/{id}', answer: (call) => removed(categoryWrites, call) },
  {
    method: 'GET',
    path: '/api/catalog-categories/{id}/relationships/items',
    answer: (call) => identifiers(itemKind, call, itemsOf(find(call), call.state)),
  },
];

/** How a category is written, also as one of many. */
export const categoryWrites = {
  create: { entry: categoryCreate.shape.data, write: create },
  update: { entry: categoryUpdate.shape.data, write: update },
  remove,
};

function create({ state }: Written, { attributes, relationships }: z.infer<typeof categoryCreate>['data']): Category {
  const { external_id, name } = attributes;
  refuseDuplicate('catalog-category', state.categories, external_id);
  const members = membersOf(state, relationships?.items?.data);
  const now = state.stamp();
  const category = { id: catalogId(external_id), external_id, name, created: now, updated: now };
  state.categories.set(external_id, category);
  admit(members, category);
  return category;
}

function update(
  { state }: Written,
  { id, attributes, relationships }: z.infer<typeof categoryUpdate>['data'],
): Category {
  const category = find({ state, id });
  const members = membersOf(state, relationships?.items?.data);
  Object.assign(category, changes(attributes), { updated: state.stamp() });
  admit(members, category);
  return category;
}

function remove({ state }: Pick<Written, 'state'>, id: string): void {
  const category = find({ state, id });
  state.categories.delete(category.external_id);
  for (const item of state.items.values()) {
    if (item.categories.includes(id)) item.categories = item.categories.filter((one) => one !== id);
  }
}

function find({ state, id }: Pick<Call, 'state' | 'id'>): Category {
  return entry('catalog-category', state.categories, id);
}

function membersOf({ items }: State, references: { id: string }[] = []): Item[] {
  return references.map(({ id }) => entry('catalog-item', items, id));
}

function admit(items: Item[], { id }: Category): void {
  for (const item of items) item.categories = [...new Set([...item.categories, id])];
}
