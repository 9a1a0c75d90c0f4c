import type * as z from 'zod';
import { catalogId, changes, entry, refuseDuplicate, sellableDefaults } from './catalog.ts';
import { itemCreate, itemUpdate } from './catalog-body.ts';
import { created, removed, updated, type Written } from './catalog-writes.ts';
import { itemKind } from './item-kind.ts';
import { listItems } from './item-list.ts';
import { one } from './resource.ts';
import type { Call, Route } from './route.ts';
import type { Item } from './state.ts';

/** Klaviyo's operations on catalog items. */
export const itemRoutes: Route[] = [
  { method: 'GET', path: '/api/catalog-items', answer: listItems },
  { method: 'POST', path: '/api/catalog-items', answer: (call) => created(itemKind, itemWrites, call) },
  { method: 'GET', path: '/api/catalog-items/{id}', answer: (call) => one(itemKind, findItem(call), call) },
  { method: 'PATCH', path: '/api/catalog-items/{id}', answer: (call) => updated(itemKind, itemWrites, call) },
  { method: 'DELETE', path: '/api/catalog-items/{id}', answer: (call) => removed(itemWrites, call) },
];

/** The item of the path. Throws 404. */
export function findItem({ state, id }: Pick<Call, 'state' | 'id'>): Item {
  return entry('catalog-item', state.items, id);
}

/** The ids of categories that a request refers to. Throws 404 for one that is unknown. */
export function knownCategories({ state }: Written, references: { id: string }[] = []): string[] {
  return references.map(({ id }) => entry('catalog-category', state.categories, id).id);
}

/** How an item is written, also as one of many. */
export const itemWrites = {
  create: { entry: itemCreate.shape.data, write: create },
  update: { entry: itemUpdate.shape.data, write: update },
  remove,
};

function create(call: Written, { attributes, relationships }: z.infer<typeof itemCreate>['data']): Item {
  const { catalog_type, integration_type, external_id, title, description, url, ...others } = attributes;
  const { items } = call.state;
  refuseDuplicate('catalog-item', items, external_id);
  const categories = knownCategories(call, relationships?.categories?.data);
  const now = call.state.stamp();
  const id = catalogId(external_id);
  const own = { id, external_id, title, description, url, categories: [...new Set(categories)] };
  const item: Item = { ...own, ...sellableDefaults(), ...changes(others), created: now, updated: now };
  items.set(external_id, item);
  return item;
}

function update(call: Written, { id, attributes, relationships }: z.infer<typeof itemUpdate>['data']): Item {
  const item = findItem({ ...call, id });
  const given = relationships?.categories?.data;
  const categories = knownCategories(call, given);
  const isReplaced = given !== undefined && call.settings.patchReplacesCategories;
  item.categories = [...new Set([...(isReplaced ? [] : item.categories), ...categories])];
  return Object.assign(item, changes(attributes), { updated: call.state.stamp() });
}

function remove({ state }: Pick<Written, 'state'>, id: string): void {
  const item = findItem({ state, id });
  state.items.delete(item.external_id);
  for (const variant of state.variants.values()) {
    if (variant.item === item.id) state.variants.delete(variant.external_id);
  }
}
