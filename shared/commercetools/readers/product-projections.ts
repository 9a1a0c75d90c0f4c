import type * as z from 'zod';
import type { Settings } from '../../config/settings.ts';
import type { CommercetoolsClient } from '../client.ts';
import { type ModularProduct, modularProductSchema, type Product, productSchema } from '../resources/product.ts';
import { variantProjectionReader } from './variant-projections.ts';

/** What makes commercetools show products as they are published, with their categories and the ancestors of these. */
export const CATEGORIZED = { staged: false, expand: 'categories[*].ancestors[*]' };

/** Returns how published products are asked for and what becomes of the answer, under either model of the catalog. */
export function productProjections(client: CommercetoolsClient, { prices, catalog }: Settings) {
  const { currency: priceCurrency, country: priceCountry, channel: priceChannel } = prices;
  const selection = priceCurrency ? { priceCurrency, priceCountry, priceChannel } : {};
  const isModular = catalog.model === 'modular';
  const variants = variantProjectionReader(client, selection);
  const schema: z.ZodType<ModularProduct> = isModular ? modularProductSchema : productSchema;

  return {
    schema,
    /** What a query has beside its predicate: each variant comes with its price. */
    projection: { ...CATEGORIZED, ...selection },
    /** Returns what was found with all of its variants; undefined while none of them is published. */
    async complete({ masterVariant, ...product }: ModularProduct): Promise<Product | undefined> {
      return masterVariant ? { ...product, masterVariant } : variants.complete(product);
    },
    /** Reads variants of the Modular Catalog; undefined where the project has the other model. */
    modular: isModular ? variants : undefined,
  };
}
