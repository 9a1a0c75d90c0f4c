import type { Answer } from '../http.ts';
import { catalogId, changes, entry, refuseDuplicate, requireSameId, sellableDefaults } from './catalog.ts';
import { itemCreate, itemUpdate } from './catalog-body.ts';
import { itemKind } from './item-kind.ts';
import { many, one } from './resource.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { Item } from './state.ts';

/** Klaviyo's operations on catalog items. */
export const itemRoutes: Route[] = [
  { method: 'GET', path: '/api/catalog-items', answer: (call) => many(itemKind, call) },
  { method: 'POST', path: '/api/catalog-items', answer: create },
  { method: 'GET', path: '/api/catalog-items/{id}', answer: (call) => one(itemKind, findItem(call), call) },
  { method: 'PATCH', path: '/api/catalog-items/{id}', answer: update },
  { method: 'DELETE', path: '/api/catalog-items/{id}', answer: remove },
];

/** The item of the path. Throws 404. */
export function findItem({ state, id }: Call): Item {
  return entry('catalog-item', state.items, id);
}

/** The ids of categories that a request refers to. Throws 404 for one that is unknown. */
export function knownCategories({ state }: Call, references: { id: string }[] = []): string[] {
  return references.map(({ id }) => entry('catalog-category', state.categories, id).id);
}

function create(call: Call): Answer {
  const { attributes, relationships } = readBody(itemCreate, call).data;
  const { catalog_type, integration_type, external_id, title, description, url, ...others } = attributes;
  const { items } = call.state;
  refuseDuplicate('catalog-item', items, external_id);
  const categories = knownCategories(call, relationships?.categories?.data);
  const now = call.state.stamp();
  const id = catalogId(external_id);
  const own = { id, external_id, title, description, url, categories: [...new Set(categories)] };
  const item: Item = { ...own, ...sellableDefaults(), ...changes(others), created: now, updated: now };
  items.set(external_id, item);
  return one(itemKind, item, call, 201);
}

function update(call: Call): Answer {
  const { id, attributes, relationships } = readBody(itemUpdate, call).data;
  requireSameId(call, id);
  const item = findItem(call);
  const given = relationships?.categories?.data;
  const categories = knownCategories(call, given);
  const isReplaced = given !== undefined && call.settings.patchReplacesCategories;
  item.categories = [...new Set([...(isReplaced ? [] : item.categories), ...categories])];
  Object.assign(item, changes(attributes), { updated: call.state.stamp() });
  return one(itemKind, item, call);
}

function remove(call: Call): Answer {
  const item = findItem(call);
  call.state.items.delete(item.external_id);
  for (const variant of call.state.variants.values()) {
    if (variant.item === item.id) call.state.variants.delete(variant.external_id);
  }
  return { status: 204 };
}
