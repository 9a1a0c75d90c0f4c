import type { InventoryEntry } from '../../commercetools/resources/inventory-entry.ts';
import type { Variant } from '../../commercetools/resources/product.ts';
import type { Stock } from '../../klaviyo/writes.ts';

const TRACKED = 1;
const UNTRACKED = 2;

/** A quantity as Klaviyo's stock. Undefined means that commercetools does not track the stock; 0 is a quantity. */
const toStock = (quantity: number | undefined): Stock => ({
  inventoryQuantity: quantity ?? 0,
  inventoryPolicy: quantity === undefined ? UNTRACKED : TRACKED,
});

/** The same rule for both sources: the channel's stock when one is set, else the stock without a channel, else all. */
function quantityOf(all: { channel?: string; quantity?: number }[], channel: string | undefined): number | undefined {
  const own = all.find((stock) => stock.channel === channel && stock.quantity !== undefined);
  if (own || channel) return own?.quantity;
  const quantities = all.map(({ quantity }) => quantity).filter((quantity) => quantity !== undefined);
  return quantities.length > 0 ? quantities.reduce((sum, quantity) => sum + quantity, 0) : undefined;
}

/** Returns the stock of a variant of a product projection. */
export function stockOfVariant({ availability }: Variant, channel: string | undefined): Stock {
  const channels = Object.entries(availability?.channels ?? {}).map(([id, stock]) => ({
    channel: id,
    quantity: stock.availableQuantity,
  }));
  return toStock(quantityOf([{ quantity: availability?.availableQuantity }, ...channels], channel));
}

/** Returns the stock of a SKU from all its inventory entries. */
export function stockOfEntries(entries: readonly InventoryEntry[], channel: string | undefined): Stock {
  const all = entries.map(({ supplyChannel, availableQuantity }) => ({
    channel: supplyChannel?.id,
    quantity: availableQuantity,
  }));
  return toStock(quantityOf(all, channel));
}
