import type { InventoryEntry } from '../../commercetools/resources/inventory-entry.ts';
import type { Stock } from '../../klaviyo/writes.ts';

const TRACKED = 1;
const UNTRACKED = 2;

/**
 * Returns the stock of a SKU from all its inventory entries: of the channel when one is set, else the stock without a channel,
 * else of all channels together. No entry means that commercetools does not track the stock; 0 is a quantity.
 */
export function stockOfEntries(entries: readonly InventoryEntry[], channel: string | undefined): Stock {
  const quantity = quantityOf(entries, channel);
  return { inventoryQuantity: quantity ?? 0, inventoryPolicy: quantity === undefined ? UNTRACKED : TRACKED };
}

function quantityOf(entries: readonly InventoryEntry[], channel: string | undefined): number | undefined {
  const own = entries.find(({ supplyChannel }) => supplyChannel?.id === channel);
  if (own || channel || entries.length === 0) return own?.availableQuantity;
  return entries.reduce((sum, { availableQuantity }) => sum + availableQuantity, 0);
}
