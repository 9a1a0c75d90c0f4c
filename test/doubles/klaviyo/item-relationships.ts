import type { Answer } from '../http.ts';
import { entries } from './catalog.ts';
import { categoryReferences } from './catalog-body.ts';
import { categoryKind } from './categories.ts';
import { findItem, knownCategories } from './items.ts';
import { lookups } from './lookups.ts';
import { identifiers, many } from './resource.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { Category } from './state.ts';
import { variantKind } from './variants.ts';

const CATEGORIES = '/api/catalog-items/{id}/relationships/categories';

/** Klaviyo's operations on what hangs together with a catalog item. */
export const itemRelationshipRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/catalog-items/{id}/variants',
    answer: (call) => many(variantKind, call, lookups(call.state).variantsOf(findItem(call).external_id)),
  },
  {
    method: 'GET',
    path: '/api/catalog-items/{id}/categories',
    answer: (call) => many(categoryKind, call, categoriesOf(call)),
  },
  {
    method: 'GET',
    path: CATEGORIES,
    answer: (call) => identifiers(categoryKind, call, categoriesOf(call)),
  },
  { method: 'POST', path: CATEGORIES, answer: (call) => change(call, (held, given) => [...held, ...given]) },
  { method: 'PATCH', path: CATEGORIES, answer: (call) => change(call, (_held, given) => given) },
  {
    method: 'DELETE',
    path: CATEGORIES,
    answer: (call) => change(call, (held, given) => held.filter((id) => !given.includes(id))),
  },
];

function categoriesOf(call: Call): Category[] {
  return entries(call.state.categories, findItem(call).categories);
}

function change(call: Call, next: (held: string[], given: string[]) => string[]): Answer {
  const { data } = readBody(categoryReferences, call);
  const item = findItem(call);
  item.categories = [...new Set(next(item.categories, knownCategories(call, data)))];
  return { status: 204 };
}
