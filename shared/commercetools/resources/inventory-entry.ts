import * as z from 'zod';
import { reference, text } from './common.ts';

export const inventoryEntrySchema = z.looseObject({
  id: text,
  sku: text,
  supplyChannel: reference.optional(),
  availableQuantity: z.number(),
});

export type InventoryEntry = z.output<typeof inventoryEntrySchema>;
