import { RetryableError } from '../../errors.ts';
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
     * Returns a product with its variants: the default one, else the one with the lowest number, in place of a master variant.
     *
     * @throws RetryableError while none of its variants is published
     */
    async complete(product: ModularProduct): Promise<Product> {
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
      if (!masterVariant)
        throw new RetryableError(`product ${product.id} is published, and none of its variants is yet`);
      return { ...product, priceMode: 'Standalone', masterVariant, variants };
    },

    /** Returns the id of the product that a SKU belongs to; undefined when the variant is not published. */
    async productOf(sku: string): Promise<string | undefined> {
      const queryArgs = { where: 'sku=:sku', 'var.sku': sku, staged: false, limit: 1 };
      const request = api.variantProjections().get({ queryArgs });
      const [found] = await query('product of a SKU', variantProjectionSchema, request);
      return found?.product.id;
    },
  };
}
