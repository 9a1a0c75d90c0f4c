import type { Variant } from '../commercetools/resources/product.ts';

/** What Klaviyo knows a variant by, in the catalog and in events: its SKU, or what stands for it in a variant without one. */
export const variantId = (productId: string, { sku, id }: Pick<Variant, 'sku' | 'id'>): string =>
  sku || `${productId}-${id}`;
