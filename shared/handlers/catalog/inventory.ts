import { GoneError, InvalidMessageError } from '../../errors.ts';
import { stockOfEntries } from '../../mappers/catalog/stock.ts';
import { defineHandler } from '../handler.ts';

/** Stock changed: the absolute quantity of one variant, as commercetools has it now. */
export const inventory = defineHandler({
  name: 'inventory',
  resource: 'inventory-entry',
  messages: {},
  changes: ['ResourceCreated', 'ResourceUpdated', 'ResourceDeleted'],
  becomes: 'the stock of a variant',
  async plan({ type, notification }, { commercetools, settings }) {
    const channel = settings.catalog.inventoryChannel;
    const { resource, resourceUserProvidedIdentifiers: identifiers } = notification;
    const entry = type === 'ResourceDeleted' ? undefined : await commercetools.inventory.byId(resource.id);
    if (entry && channel && entry.supplyChannel?.id !== channel) return [];
    const sku = entry?.sku ?? identifiers?.sku;
    if (!sku && type === 'ResourceDeleted')
      throw new InvalidMessageError(
        'The deleted inventory entry has no SKU: resourceUserProvidedIdentifiers.sku is missing',
      );
    if (!sku) throw new GoneError('the inventory entry is gone; the notification of its deletion has the SKU');
    const isWhole = entry && entry.supplyChannel?.id === channel;
    const entries = isWhole ? [entry] : await commercetools.inventory.bySku(sku);
    return [{ kind: 'setInventory', variantId: sku, stock: stockOfEntries(entries, channel) }];
  },
});
