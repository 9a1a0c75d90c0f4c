import type { CommercetoolsClient } from '../client.ts';
import { type InventoryEntry, inventoryEntrySchema } from '../resources/inventory-entry.ts';

/** Reads stock. */
export const inventoryReader = ({ api, read, query }: CommercetoolsClient) => ({
  /** Returns the inventory entry as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<InventoryEntry | undefined> =>
    read(`inventory entry ${ID}`, inventoryEntrySchema, api.inventory().withId({ ID }).get()),

  /** Returns every entry of a SKU: at most one for each supply channel, so one page holds them. */
  bySku: (sku: string): Promise<InventoryEntry[]> =>
    query(
      'stock of a SKU',
      inventoryEntrySchema,
      api.inventory().get({ queryArgs: { where: 'sku=:sku', 'var.sku': sku, limit: 500 } }),
    ),
});
