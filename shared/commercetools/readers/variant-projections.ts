import type { CommercetoolsClient } from '../client.ts';
import type { ModularProduct, Product } from '../resources/product.ts';
import { variantProjectionSchema } from '../resources/variant-projection.ts';
import { allPages } from './pages.ts';

/** Reads variants of the Modular Catalog as they are published; with a selection of prices, each with its price. */
export function variantProjectionReader(
  { api, query }: Pick<CommercetoolsClient, 'api' | 'query'>,
  selection: Record<string, string | undefined>,
) {
  return {
    /**
     * Returns a product with its variants: the default one, else the one with the lowest number, in place of a master variant;
     * undefined while none of its variants is published.
     */
    async complete(product: ModularProduct): Promise<Product | undefined> {
      const found = await allPages(['product(id=:id)'], (page) => {
        const queryArgs = { ...page, 'var.id': product.id, staged: false, ...selection };
        return query(
          `variants of product ${product.id}`,
          variantProjectionSchema,
          api.variantProjections().get({ queryArgs }),
        );
      });
      const [masterVariant, ...variants] = found
        .sort((a, b) => Number(b.default) - Number(a.default) || a.variantId - b.variantId)
        .map((one) => ({ ...one, id: one.variantId }));
      return masterVariant && { ...product, priceMode: 'Standalone', masterVariant, variants };
    },

    /** Returns the ids of the products that SKUs belong to; no id for a variant that is not published. */
    async productsOf(skus: string[]): Promise<string[]> {
      const found = await allPages(['sku in :skus'], (page) => {
        const queryArgs = { ...page, 'var.skus': skus, staged: false };
        return query('products of SKUs', variantProjectionSchema, api.variantProjections().get({ queryArgs }));
      });
      return [...new Set(found.map(({ product }) => product.id))];
    },
  };
}
