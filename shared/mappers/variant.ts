import type { Variant } from '../commercetools/resources/product.ts';

/** Returns the id of a variant in Klaviyo, in the catalog and in events: the SKU, else `<product id>-<variant id>`. */
export const variantId = (productId: string, { sku, id }: Pick<Variant, 'sku' | 'id'>): string =>
  sku || `${productId}-${id}`;
