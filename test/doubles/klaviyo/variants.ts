import type { Answer } from '../http.ts';
import { catalogId, changes, entries, entry, refuseDuplicate, requireSameId, sellableDefaults } from './catalog.ts';
import { variantCreate, variantUpdate } from './catalog-body.ts';
import { type Kind, many, one } from './resource.ts';
import { type Call, type Route, readBody } from './route.ts';
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
  { method: 'POST', path: '/api/catalog-variants', answer: create },
  { method: 'GET', path: '/api/catalog-variants/{id}', answer: (call) => one(variantKind, find(call), call) },
  { method: 'PATCH', path: '/api/catalog-variants/{id}', answer: update },
  { method: 'DELETE', path: '/api/catalog-variants/{id}', answer: remove },
];

function create(call: Call): Answer {
  const { attributes, relationships } = readBody(variantCreate, call).data;
  const { catalog_type, integration_type, inventory_policy, ...own } = attributes;
  const { state } = call;
  refuseDuplicate('catalog-variant', state.variants, own.external_id);
  const item = entry('catalog-item', state.items, relationships.item.data.id).id;
  const now = state.stamp();
  const variant: Variant = {
    ...sellableDefaults(),
    ...changes(own),
    ...{ id: catalogId(own.external_id), item, inventory_policy: inventory_policy ?? 0, created: now, updated: now },
  };
  state.variants.set(variant.external_id, variant);
  return one(variantKind, variant, call, 201);
}

function update(call: Call): Answer {
  const { id, attributes } = readBody(variantUpdate, call).data;
  requireSameId(call, id);
  const variant = find(call);
  Object.assign(variant, changes(attributes), { updated: call.state.stamp() });
  return one(variantKind, variant, call);
}

function remove(call: Call): Answer {
  call.state.variants.delete(find(call).external_id);
  return { status: 204 };
}

function find({ state, id }: Call): Variant {
  return entry('catalog-variant', state.variants, id);
}
