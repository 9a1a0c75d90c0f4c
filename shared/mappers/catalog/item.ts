import type { InventoryEntry } from '../../commercetools/resources/inventory-entry.ts';
import type { Product, Variant } from '../../commercetools/resources/product.ts';
import type { Settings } from '../../config/settings.ts';
import type { ItemWrite } from '../../klaviyo/writes.ts';
import { localize } from '../localized.ts';
import { productUrl } from '../product-url.ts';
import { imageUrl, variantId } from '../variant.ts';
import { toCatalogCategories } from './category.ts';
import { customMetadata } from './custom-metadata.ts';
import { catalogPrice } from './price.ts';
import { ratingOf } from './rating.ts';
import { stockOfEntries } from './stock.ts';

/** Klaviyo wants a URL; existing accounts hold this word where there is none. */
const NO_URL = 'None';

/**
 * Returns a published product as an item with its variants and categories.
 *
 * @param now milliseconds since the epoch, for prices that are valid for a time
 * @param inventory the entries of its SKUs; without it the variants tell no stock
 */
export function toItem(
  product: Product,
  settings: Settings,
  now: number,
  inventory?: readonly InventoryEntry[],
): ItemWrite {
  const stock = inventory && Map.groupBy(inventory, ({ sku }) => sku);
  const stockOf = ({ sku = '' }: Variant) =>
    stock && stockOfEntries(stock.get(sku) ?? [], settings.catalog.inventoryChannel);
  const entryOf = (variant: Variant) => {
    const { customMetadata: metadata, trimmed } = customMetadata(product, variant, now);
    const entry = {
      title: localize(product.name, settings.locale) ?? product.id,
      description: localize(product.description, settings.locale) ?? '',
      url: productUrl({ ...product, sku: variant.sku }, settings) ?? NO_URL,
      imageFullUrl: imageUrl(variant) ?? null,
      price: catalogPrice(variant, settings, now),
      customMetadata: metadata,
    };
    return { variant, entry, trimmed };
  };
  const master = entryOf(product.masterVariant);
  const entries = [master, ...product.variants.map(entryOf)];
  const item = {
    id: product.id,
    ...master.entry,
    // The item's alone: a review would write every variant.
    customMetadata: { ...master.entry.customMetadata, ...ratingOf(product) },
    categories: toCatalogCategories(product, settings.locale),
    variants: entries.map(({ variant, entry }) => {
      const id = variantId(product.id, variant);
      return { ...entry, ...stockOf(variant), id, sku: id };
    }),
  };
  const trimmed = [...new Set(entries.flatMap((one) => one.trimmed))];
  return { item, trimmed: trimmed.map((name) => `custom_metadata: ${name}`) };
}
