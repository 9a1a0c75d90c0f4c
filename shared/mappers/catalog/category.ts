import type { Category } from '../../commercetools/resources/category.ts';
import type { CategorizedProduct } from '../../commercetools/resources/product.ts';
import type { CatalogCategory } from '../../klaviyo/writes.ts';
import { localize } from '../localized.ts';

const SEPARATOR = ' > ';

type Ancestor = Category['ancestors'][number];

/** Returns a category with its ancestors as Klaviyo's category: named by its breadcrumb. */
export function toCatalogCategory(category: Category, locale: string | undefined): CatalogCategory {
  const names = rootFirst(category).flatMap(({ obj }) => localize(obj?.name, locale) || []);
  return { id: category.id, name: [...names, localize(category.name, locale) || category.id].join(SEPARATOR) };
}

/**
 * Returns the categories of a product and all their ancestors, ancestors first. A category that could not be expanded has no
 * name and is left out.
 */
export function toCatalogCategories({ categories }: CategorizedProduct, locale: string | undefined): CatalogCategory[] {
  const path = categories.flatMap(({ obj }) => (obj ? withAncestors(obj) : []));
  return [...new Map(path.map((category) => [category.id, toCatalogCategory(category, locale)])).values()];
}

/** Returns the breadcrumbs of a product's categories, each with its ancestors: `Women`, `Women > Pants`. */
export const breadcrumbs = (product: CategorizedProduct, locale: string | undefined): string[] =>
  toCatalogCategories(product, locale).map(({ name }) => name);

/** Returns the breadcrumbs of products, by their ids. */
export const breadcrumbsOf = (products: readonly CategorizedProduct[], locale: string | undefined) =>
  new Map(products.map((product) => [product.id, breadcrumbs(product, locale)] as const));

/** From the root down to the category; nothing when an ancestor could not be expanded, as its breadcrumb is unknown. */
function withAncestors(category: Category): Category[] {
  const ancestors = rootFirst(category);
  if (ancestors.some(({ obj }) => !obj)) return [];
  const path = ancestors.map(({ id, obj }, depth) => ({
    ...obj,
    id,
    name: obj?.name ?? {},
    ancestors: ancestors.slice(0, depth),
  }));
  return [...path, category];
}

/** The documentation leaves the order of `ancestors` open, so we follow the parents; where one is missing, the order listed. */
function rootFirst({ ancestors, parent }: Category): Ancestor[] {
  const path: Ancestor[] = [];
  for (let next = parent; next; next = path[0]?.obj?.parent) {
    const above = ancestors.find(({ id }) => id === next?.id);
    if (!above || path.includes(above)) break;
    path.unshift(above);
  }
  return path.length === ancestors.length ? path : ancestors;
}
