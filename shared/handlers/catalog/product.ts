import type { Commercetools } from '../../commercetools/index.ts';
import type { Product } from '../../commercetools/resources/product.ts';
import { RetryableError } from '../../errors.ts';
import { toItem } from '../../mappers/catalog/item.ts';
import { defineHandler, unread } from '../handler.ts';

/**
 * A product was published, unpublished or deleted: one catalog item with its variants, as the product is now. A product that
 * does not exist any more is deleted whatever the notification says: an earlier attempt may have written it.
 */
export const product = defineHandler({
  name: 'product',
  resource: 'product',
  messages: { ProductPublished: unread, ProductUnpublished: unread },
  changes: ['ResourceDeleted'],
  becomes: 'a catalog item with its variants; hidden or deleted when the product is',
  async plan({ type, notification }, { commercetools, settings, warn }) {
    const { id } = notification.resource;
    if (type === 'ResourceDeleted') return [{ kind: 'deleteItem', id }];
    const { resourceVersion } = notification;
    const { products } = commercetools;
    const found =
      type === 'ProductPublished'
        ? await readPublished(id, resourceVersion, products)
        : await readUnpublished(id, resourceVersion, products);
    if (typeof found === 'string') {
      const isDeleted = found === 'gone' || settings.catalog.onUnpublish === 'delete';
      return [{ kind: isDeleted ? 'deleteItem' : 'unpublishItem', id }];
    }
    if (found.priceMode === 'Standalone' && !settings.prices.currency)
      warn('no Standalone price can be read without a currency: set PREFERRED_CURRENCY');
    return [{ kind: 'upsertItem', ...toItem(found, settings, Date.now()) }];
  },
});

type Products = Commercetools['products'];

/**
 * Returns the product of a ProductPublished as it is published now. The query for it may lag behind the message; the product
 * by its id does not, but has no selected prices.
 *
 * @throws RetryableError while a newer state of the product is published than can be queried
 */
async function readPublished(
  id: string,
  resourceVersion = 0,
  products: Products,
): Promise<Product | 'unpublished' | 'gone'> {
  const found = await products.published(id);
  if (found && found.version >= resourceVersion) return found;
  const current = await products.byId(id);
  if (!current) return 'gone';
  if (!current.masterData.published) return 'unpublished';
  if (found && found.version >= current.version) return found;
  throw new RetryableError(`product ${id} is published, but cannot be queried as it is now yet`);
}

/** Returns the product of a ProductUnpublished if a newer version than the message's is published; the query may lag behind. */
async function readUnpublished(
  id: string,
  resourceVersion: number | undefined,
  products: Products,
): Promise<Product | 'unpublished'> {
  const found = await products.published(id);
  const isNewer = found && resourceVersion !== undefined && found.version > resourceVersion;
  return isNewer ? found : 'unpublished';
}
