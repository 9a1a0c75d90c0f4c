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
    const sku = entry?.sku ?? identifiers?.sku;
    if (!sku && type === 'ResourceDeleted')
      throw new InvalidMessageError(
        'The deleted inventory entry has no SKU: resourceUserProvidedIdentifiers.sku is missing',
      );
    if (!sku) throw new GoneError('the inventory entry is gone; the notification of its deletion has the SKU');
    const isWhole = entry && entry.supplyChannel?.id === channel;
    const others = isWhole ? [] : await commercetools.inventory.ofSkus([sku]);
    // The query may lag behind: what is known of the entry itself is newer.
    const entries = [...(entry ? [entry] : []), ...others.filter(({ id }) => id !== resource.id)];
    const write = { kind: 'setInventory', variantId: sku, stock: stockOfEntries(entries, channel) } as const;
    // An entry of another channel matters only if it was in this one before, which nothing tells.
    return [entry && channel && !isWhole ? { ...write, ifChanged: true } : write];
  },
});
