import pMap from 'p-map';
import type { Settings } from '../../config/settings.ts';
import type { CommercetoolsClient } from '../client.ts';
import { type InventoryEntry, inventoryEntrySchema } from '../resources/inventory-entry.ts';
import { allPages, chunksOfSkus } from './pages.ts';

/** Reads stock. */
export function inventoryReader({ api, read, query }: CommercetoolsClient, { catalog }: Settings) {
  const channel = catalog.inventoryChannel;
  const where = ['sku in :skus', ...(channel ? ['supplyChannel(id=:channel)'] : [])];

  const entriesOf = (skus: string[]): Promise<InventoryEntry[]> =>
    allPages(where, (page) => {
      const queryArgs = { ...page, 'var.skus': skus, ...(channel && { 'var.channel': channel }) };
      return query('stock of SKUs', inventoryEntrySchema, api.inventory().get({ queryArgs }));
    });

  return {
    /** Returns the inventory entry as it is now; undefined when it does not exist any more. */
    byId: (ID: string): Promise<InventoryEntry | undefined> =>
      read(`inventory entry ${ID}`, inventoryEntrySchema, api.inventory().withId({ ID }).get()),

    /** Returns every entry of these SKUs that counts: of the supply channel of the settings, or of all where none is set. */
    async ofSkus(skus: readonly string[]): Promise<InventoryEntry[]> {
      const pages = await pMap(chunksOfSkus([...new Set(skus)]), entriesOf, { concurrency: 4 });
      return pages.flat();
    },
  };
}
