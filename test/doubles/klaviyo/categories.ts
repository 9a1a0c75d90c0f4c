import type { Answer } from '../http.ts';
import { catalogId, changes, entries, entry, refuseDuplicate, requireSameId } from './catalog.ts';
import { categoryCreate, categoryUpdate } from './catalog-body.ts';
import { itemKind } from './item-kind.ts';
import { identifiers, type Kind, many, one } from './resource.ts';
import { type Call, type Route, readBody } from './route.ts';
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
  { method: 'POST', path: '/api/catalog-categories', answer: create },
  { method: 'GET', path: '/api/catalog-categories/{id}', answer: (call) => show(find(call), call) },
  { method: 'PATCH', path: '/api/catalog-categories/{id}', answer: update },
  { method: 'DELETE', path: '/api/catalog-categories/{id}', answer: remove },
  {
    method: 'GET',
    path: '/api/catalog-categories/{id}/relationships/items',
    answer: (call) => identifiers(itemKind, call, itemsOf(find(call), call.state)),
  },
];

function create(call: Call): Answer {
  const { attributes, relationships } = readBody(categoryCreate, call).data;
  const { external_id, name } = attributes;
  const { categories } = call.state;
  refuseDuplicate('catalog-category', categories, external_id);
  const members = membersOf(call, relationships?.items?.data);
  const now = call.state.stamp();
  const category = { id: catalogId(external_id), external_id, name, created: now, updated: now };
  categories.set(external_id, category);
  admit(members, category);
  return show(category, call, 201);
}

function update(call: Call): Answer {
  const { id, attributes, relationships } = readBody(categoryUpdate, call).data;
  requireSameId(call, id);
  const category = find(call);
  const members = membersOf(call, relationships?.items?.data);
  Object.assign(category, changes(attributes), { updated: call.state.stamp() });
  admit(members, category);
  return show(category, call);
}

function remove(call: Call): Answer {
  const category = find(call);
  call.state.categories.delete(category.external_id);
  for (const item of call.state.items.values()) {
    item.categories = item.categories.filter((id) => id !== category.id);
  }
  return { status: 204 };
}

function find({ state, id }: Call): Category {
  return entry('catalog-category', state.categories, id);
}

function show(category: Category, call: Call, status = 200): Answer {
  return one(categoryKind, category, call, status);
}

function membersOf({ state }: Call, references: { id: string }[] = []): Item[] {
  return references.map(({ id }) => entry('catalog-item', state.items, id));
}

function admit(items: Item[], { id }: Category): void {
  for (const item of items) item.categories = [...new Set([...item.categories, id])];
}
