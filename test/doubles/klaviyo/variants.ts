import type * as z from 'zod';
import { catalogId, changes, entries, entry, refuseDuplicate, sellableDefaults } from './catalog.ts';
import { variantCreate, variantUpdate } from './catalog-body.ts';
import { created, removed, updated, type Written } from './catalog-writes.ts';
import { type Kind, many, one } from './resource.ts';
import type { Call, Route } from './route.ts';
import type { Variant } from './state.ts';

/** How variants are shown and listed. */
export const variantKind: Kind<Variant> = {
  type: 'catalog-variant',
  path: '/api/catalog-variants',
  attributes: [
    ...(['external_id', 'title', 'description', 'sku', 'inventory_policy', 'inventory_quantity', 'price'] as const),
    ...(['url', 'image_full_url', 'image_thumbnail_url', 'images', 'custom_metadata', 'published'] as const),
    ...(['created', 'updated'] as const),
  ],
  all: ({ variants }) => variants.values(),
  filters: {
    ids: { operators: ['any'], of: ({ id }) => id, find: (id, { variants }) => entries(variants, [id]) },
    'item.id': { operators: ['equals'], of: ({ item }) => item },
    sku: { operators: ['equals'], of: ({ sku }) => sku },
    title: { operators: ['contains'], of: ({ title }) => title },
    published: { operators: ['equals'], of: ({ published }) => published },
  },
  pageSize: 100,
};

/** Klaviyo's operations on catalog variants. */
export const variantRoutes: Route[] = [
  { method: 'GET', path: '/api/catalog-variants', answer: (call) => many(variantKind, call) },
  { method: 'POST', path: '/api/catalog-variants', answer: (call) => created(variantKind, variantWrites, call) },
  { method: 'GET', path: '/api/catalog-variants/{id}', answer: (call) => one(variantKind, find(call), call) },
  { method: 'PATCH', path: '/api/catalog-variants/{id}', answer: (call) => updated(variantKind, variantWrites, call) },
  { method: 'DELETE', path: '/api/catalog-variants/{id}', answer: (call) => removed(variantWrites, call) },
];

/** How a variant is written, also as one of many. */
export const variantWrites = {
  create: { entry: variantCreate.shape.data, write: create },
  update: { entry: variantUpdate.shape.data, write: update },
  remove,
};

function create({ state }: Written, { attributes, relationships }: z.infer<typeof variantCreate>['data']): Variant {
  const { catalog_type, integration_type, inventory_policy, ...own } = attributes;
  refuseDuplicate('catalog-variant', state.variants, own.external_id);
  const item = entry('catalog-item', state.items, relationships.item.data.id).id;
  const now = state.stamp();
  const variant: Variant = {
    ...sellableDefaults(),
    ...changes(own),
    ...{ id: catalogId(own.external_id), item, inventory_policy: inventory_policy ?? 0, created: now, updated: now },
  };
  state.variants.set(variant.external_id, variant);
  return variant;
}

function update({ state }: Written, { id, attributes }: z.infer<typeof variantUpdate>['data']): Variant {
  return Object.assign(find({ state, id }), changes(attributes), { updated: state.stamp() });
}

function remove({ state }: Pick<Written, 'state'>, id: string): void {
  state.variants.delete(find({ state, id }).external_id);
}

function find({ state, id }: Pick<Call, 'state' | 'id'>): Variant {
  return entry('catalog-variant', state.variants, id);
}
