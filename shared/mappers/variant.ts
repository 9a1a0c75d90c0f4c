import type { Variant } from '../commercetools/resources/product.ts';

/** Returns the id of a variant in Klaviyo, in the catalog and in events: the SKU, else `<product id>-<variant id>`. */
export const variantId = (productId: string, { sku, id }: Pick<Variant, 'sku' | 'id'>): string =>
  sku || `${productId}-${id}`;

/** Returns the first image of a variant; undefined when no image has a URL. */
export const imageUrl = ({ images }: Pick<Variant, 'images'>): string | undefined => images.find(({ url }) => url)?.url;
