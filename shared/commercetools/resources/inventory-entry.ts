import * as z from 'zod';
import { maybe, reference, text } from './common.ts';

export const inventoryEntrySchema = z.looseObject({
  id: text,
  sku: text,
  supplyChannel: maybe(reference),
  availableQuantity: z.number(),
});

export type InventoryEntry = z.output<typeof inventoryEntrySchema>;
