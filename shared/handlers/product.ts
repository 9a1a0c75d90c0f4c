import { GoneError } from '../errors.ts';
import { toItem } from '../mappers/item.ts';
import { isChange, isMessage } from '../platform-format/notification.ts';
import type { Change, Message, Notification } from '../platform-format/schema.ts';
import { defineHandler } from './handler.ts';

const accepts = (notification: Notification): notification is Message | Change =>
  isMessage(notification, 'ProductPublished', 'ProductUnpublished') ||
  isChange(notification, 'product', 'ResourceDeleted');

/** A product was published, unpublished or deleted: one catalog item with its variants. */
export const product = defineHandler('product', accepts, async (notification, { commercetools, settings }) => {
  const { id } = notification.resource;
  if (notification.notificationType === 'ResourceDeleted') return [{ kind: 'deleteItem', id }];
  const published = await commercetools.products.published(id);
  if (isMessage(notification, 'ProductUnpublished') && !isNewer(published, notification.resourceVersion)) {
    return [{ kind: settings.catalog.onUnpublish === 'delete' ? 'deleteItem' : 'unpublishItem', id }];
  }
  if (!published) throw new GoneError('the product is not published any more');
  return [{ kind: 'upsertItem', item: toItem(published, settings, Date.now()) }];
});

/** Whether a product was published again after the message that it was unpublished; a read may lag behind a message. */
const isNewer = (published: { version: number } | undefined, unpublishedAt = Number.POSITIVE_INFINITY) =>
  published !== undefined && published.version > unpublishedAt;
