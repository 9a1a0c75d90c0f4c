import type { Product } from '@commercetools/platform-sdk';
import { completeVariant, type ProjectionSources } from './projection.ts';
import type { Result } from './query.ts';

/**
 * Gives the published variants of the products that have no master variant, which makes them of the Modular Catalog here;
 * undefined for a predicate that is not known.
 *
 * Source: https://docs.commercetools.com/api/projects/variant-projections
 */
export function variantProjections(
  products: Product[],
  query: URLSearchParams,
  sources: ProjectionSources,
): Result[] | undefined {
  const all = products.filter(isModular).flatMap((product) => projections(product, sources));
  const value = (name: string) => query.get(`var.${name}`) ?? '';
  const tests: Record<string, (one: Result) => boolean> = {
    'product(id=:id)': ({ product }) => Object(product).id === value('id'),
    'sku in :skus': ({ sku }) => query.getAll('var.skus').includes(String(sku)),
    'id > :after': ({ id }) => id > value('after'),
  };
  const wanted = query.getAll('where').map((where) => tests[where]);
  if (wanted.includes(undefined)) return undefined;
  return all.filter((one) => wanted.every((test) => test?.(one)));
}

/** Whether a product is one of the Modular Catalog: its variants are kept in `variants`, the default one with the number 1. */
const isModular = ({ masterData }: Product): boolean => !masterData.current.masterVariant;

function projections({ masterData, ...product }: Product, sources: ProjectionSources): Result[] {
  if (!masterData.published) return [];
  const { variants, name, slug, description, categories } = masterData.current;
  return variants.map((variant) => {
    const { prices, price, ...priced } = completeVariant(variant, 'Standalone', sources);
    return {
      ...priced,
      ...{ name, slug, description, categories, price, staged: false, version: product.version },
      id: `${product.id}-${variant.id}`,
      variantId: variant.id,
      product: { typeId: 'product', id: product.id },
      default: variant.id === 1,
    };
  });
}
