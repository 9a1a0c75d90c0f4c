import type { Product } from '../../commercetools/resources/product.ts';
import { skusOf } from '../../handlers/catalog/item.ts';
import type { CatalogItem } from '../../klaviyo/writes.ts';
import { toItem } from '../../mappers/catalog/item.ts';
import { adjustedItem } from '../adjusted.ts';
import type { History } from '../history.ts';

type Reading = Pick<History, 'commercetools' | 'extension' | 'onMalformed' | 'patience' | 'settings'>;

/** Returns products as live traffic would write them, with the stock of their variants. */
export async function itemsOf(reading: Reading, products: readonly Product[]): Promise<CatalogItem[]> {
  const { commercetools, patience, settings } = reading;
  const entries = await patience.persist(() => commercetools.inventory.ofSkus(products.flatMap(skusOf)));
  const stock = Map.groupBy(entries, ({ sku }) => sku);
  return products.flatMap((product) => {
    const own = skusOf(product).flatMap((sku) => stock.get(sku) ?? []);
    return adjustedItem(reading, toItem(product, settings, Date.now(), own).item) ?? [];
  });
}
