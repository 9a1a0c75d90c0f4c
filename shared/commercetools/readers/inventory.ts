import type { CommercetoolsClient } from '../client.ts';
import { type InventoryEntry, inventoryEntrySchema } from '../resources/inventory-entry.ts';

/** Reads stock. */
export const inventoryReader = ({ api, read, query }: CommercetoolsClient) => ({
  /** The inventory entry as it is now; undefined when it is gone. */
  byId: (ID: string): Promise<InventoryEntry | undefined> =>
    read(`inventory entry ${ID}`, inventoryEntrySchema, api.inventory().withId({ ID }).get()),

  /** Every entry of a SKU, of all supply channels: at most one a channel, so one page holds them. */
  bySku: (sku: string): Promise<InventoryEntry[]> =>
    query(
      'stock of a SKU',
      inventoryEntrySchema,
      api.inventory().get({ queryArgs: { where: 'sku=:sku', 'var.sku': sku, limit: 500 } }),
    ),
});
