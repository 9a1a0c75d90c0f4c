import { entries } from './catalog.ts';
import type { Kind } from './resource.ts';
import type { Item } from './state.ts';

/** How items are shown and listed. */
export const itemKind: Kind<Item> = {
  type: 'catalog-item',
  path: '/api/catalog-items',
  attributes: [
    ...(['external_id', 'title', 'description', 'price', 'url', 'image_full_url', 'image_thumbnail_url'] as const),
    ...(['images', 'custom_metadata', 'published', 'created', 'updated'] as const),
  ],
  all: ({ items }) => items.values(),
  filters: {
    ids: { operators: ['any'], of: ({ id }) => id, find: (id, { items }) => entries(items, [id]) },
    'category.id': { operators: ['equals'], of: ({ categories }) => categories },
    title: { operators: ['contains'], of: ({ title }) => title },
    published: { operators: ['equals'], of: ({ published }) => published },
  },
  pageSize: 100,
};
