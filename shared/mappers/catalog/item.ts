import type { Product, Variant } from '../../commercetools/resources/product.ts';
import type { Settings } from '../../config/settings.ts';
import type { CatalogItem, CatalogVariant } from '../../klaviyo/writes.ts';
import { localize } from '../localized.ts';
import { productUrl } from '../product-url.ts';
import { variantId } from '../variant.ts';
import { productCategories } from './category.ts';
import { customMetadata } from './custom-metadata.ts';
import { catalogPrice } from './price.ts';
import { stockOfVariant } from './stock.ts';

/** Klaviyo wants a URL; existing accounts hold this word where there is none. */
const NO_URL = 'None';

/**
 * A published product as an item with its variants and categories.
 *
 * @param now milliseconds since the epoch, for prices that are valid for a time
 * @param onTrimmed told the names of texts of the metadata that were left out to keep Klaviyo's limit
 */
export function toItem(
  product: Product,
  settings: Settings,
  now: number,
  onTrimmed: (names: string[]) => void,
): CatalogItem {
  const entry = (variant: Variant) => ({
    title: localize(product.name, settings.locale) ?? product.id,
    description: localize(product.description, settings.locale) ?? '',
    url: productUrl({ ...product, sku: variant.sku }, settings) ?? NO_URL,
    imageFullUrl: variant.images[0]?.url ?? null,
    price: catalogPrice(variant, settings, now),
    customMetadata: customMetadata(product, variant, now, onTrimmed),
  });
  return {
    id: product.id,
    ...entry(product.masterVariant),
    categories: productCategories(product, settings.locale),
    variants: [product.masterVariant, ...product.variants].map(
      (variant): CatalogVariant => ({
        ...entry(variant),
        ...stockOfVariant(variant, settings.catalog.inventoryChannel),
        id: variantId(product.id, variant),
        sku: variantId(product.id, variant),
      }),
    ),
  };
}
