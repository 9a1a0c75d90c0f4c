import { warn } from '../../attempt.ts';
import type { Commercetools } from '../../commercetools/index.ts';
import type { Product } from '../../commercetools/resources/product.ts';
import { RetryableError } from '../../errors.ts';
import { toItem } from '../../mappers/catalog/item.ts';
import { isChange, isMessage } from '../../platform-format/message.ts';
import type { Change, Message, Notification } from '../../platform-format/schema.ts';
import { defineHandler, warnTrimmed } from '../handler.ts';
import { categoriesSince } from './left-behind.ts';

const accepts = (notification: Notification): notification is Message | Change =>
  isMessage(notification, 'ProductPublished', 'ProductUnpublished') ||
  isChange(notification, 'product', 'ResourceDeleted');

/**
 * A product was published, unpublished or deleted: one catalog item with its variants, as it is now. A message that comes
 * after its product has gone again takes away what an earlier attempt at it may have written.
 */
export const product = defineHandler('product', accepts, async (notification, context) => {
  const { settings } = context;
  const { products } = context.commercetools;
  const { id } = notification.resource;
  products.forgetCategories(id);
  if (notification.notificationType !== 'Message') return [{ kind: 'deleteItem', id }];
  const found = await asPublished(notification, products);
  if (typeof found === 'string') {
    const isDeleted = found === 'gone' || settings.catalog.onUnpublish === 'delete';
    return [{ kind: isDeleted ? 'deleteItem' : 'unpublishItem', id }, ...(await categoriesSince(context, []))];
  }
  if (found.priceMode === 'Standalone' && !settings.prices.currency)
    warn('no Standalone price can be read without a currency: set PREFERRED_CURRENCY');
  const item = toItem(found, settings, Date.now(), (names) =>
    warnTrimmed(names.map((name) => `custom_metadata: ${name}`)),
  );
  const named = item.categories.map((category) => category.id);
  return [{ kind: 'upsertItem', item }, ...(await categoriesSince(context, named))];
});

/**
 * The product of a message as it is published now. The query for it may lag behind the message; the product by its id does
 * not, but has no selected prices.
 *
 * @throws RetryableError while a newer state of it is published than can be queried
 */
async function asPublished(
  message: Message,
  products: Commercetools['products'],
): Promise<Product | 'unpublished' | 'gone'> {
  const { id } = message.resource;
  const { resourceVersion } = message;
  const found = await products.published(id);
  if (isMessage(message, 'ProductUnpublished')) {
    const isNewer = found && resourceVersion !== undefined && found.version > resourceVersion;
    return isNewer ? found : 'unpublished';
  }
  if (found && found.version >= (resourceVersion ?? 0)) return found;
  const current = await products.byId(id);
  if (!current) return 'gone';
  if (!current.masterData.published) return 'unpublished';
  if (found && found.version >= current.version) return found;
  throw new RetryableError(`product ${id} is published, but cannot be queried as it is now yet`);
}
