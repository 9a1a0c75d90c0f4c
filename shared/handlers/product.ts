import { RetryableError } from '../errors.ts';
import { toItem } from '../mappers/item.ts';
import { isChange, isMessage } from '../platform-format/notification.ts';
import type { Change, Message, Notification } from '../platform-format/schema.ts';
import { categoriesSince } from './categories-since.ts';
import { defineHandler } from './handler.ts';

const accepts = (notification: Notification): notification is Message | Change =>
  isMessage(notification, 'ProductPublished', 'ProductUnpublished') ||
  isChange(notification, 'product', 'ResourceDeleted');

/**
 * A product was published, unpublished or deleted: one catalog item with its variants, as it is now. A message that comes
 * after its product has gone again takes away what an earlier attempt at it may have written.
 */
export const product = defineHandler('product', accepts, async (notification, context) => {
  const { commercetools, settings } = context;
  const { id } = notification.resource;
  if (notification.notificationType === 'ResourceDeleted') return [{ kind: 'deleteItem', id }];
  const gone = settings.catalog.onUnpublish === 'delete' ? 'deleteItem' : 'unpublishItem';
  const published = await commercetools.products.published(id);
  if (isMessage(notification, 'ProductUnpublished') && !isNewer(published, notification.resourceVersion)) {
    return [{ kind: gone, id }];
  }
  if (published) {
    const item = toItem(published, settings, Date.now());
    const named = item.categories.map((category) => category.id);
    return [{ kind: 'upsertItem', item }, ...(await categoriesSince(context, named))];
  }
  const isPublished = await commercetools.products.isPublished(id);
  if (isPublished) throw new RetryableError(`product ${id} is published, but cannot be queried yet`);
  return [{ kind: isPublished === undefined ? 'deleteItem' : gone, id }];
});

/** Whether a product was published again after the message that it was unpublished; a read may lag behind a message. */
const isNewer = (published: { version: number } | undefined, unpublishedAt = Number.POSITIVE_INFINITY) =>
  published !== undefined && published.version > unpublishedAt;
