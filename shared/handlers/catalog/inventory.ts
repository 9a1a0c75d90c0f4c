import { GoneError, InvalidMessageError } from '../../errors.ts';
import { stockOfEntries } from '../../mappers/catalog/stock.ts';
import { isChange } from '../../platform-format/message.ts';
import type { Change, Notification } from '../../platform-format/schema.ts';
import { defineHandler } from '../handler.ts';

const accepts = (notification: Notification): notification is Change =>
  isChange(notification, 'inventory-entry', 'ResourceCreated', 'ResourceUpdated', 'ResourceDeleted');

/**
 * Stock changed: the absolute quantity of one variant, as it is now. When the entry has gone since an earlier plan of this
 * attempt, that tells the SKU.
 */
export const inventory = defineHandler('inventory', accepts, async (change, { commercetools, settings, previous }) => {
  const channel = settings.catalog.inventoryChannel;
  const { resource, resourceUserProvidedIdentifiers: identifiers, notificationType } = change;
  const entry = notificationType === 'ResourceDeleted' ? undefined : await commercetools.inventory.byId(resource.id);
  if (entry && channel && entry.supplyChannel?.id !== channel) return [];
  const [written] = previous.flatMap((write) => (write.kind === 'setInventory' ? [write.variantId] : []));
  const sku = entry?.sku ?? identifiers?.sku ?? written;
  if (!sku && notificationType === 'ResourceDeleted')
    throw new InvalidMessageError(
      'The deleted inventory entry has no SKU: resourceUserProvidedIdentifiers.sku is missing',
    );
  if (!sku) throw new GoneError('the inventory entry is gone; its deletion tells its SKU');
  const isWhole = entry && entry.supplyChannel?.id === channel;
  const entries = isWhole ? [entry] : await commercetools.inventory.bySku(sku);
  return [{ kind: 'setInventory', variantId: sku, stock: stockOfEntries(entries, channel) }];
});
