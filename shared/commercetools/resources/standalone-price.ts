import * as z from 'zod';
import { text } from './common.ts';

/** A Standalone price cut down to whose it is: commercetools selects among prices, so the amount is read with the product. */
export const standalonePriceSchema = z.object({ id: text, sku: text });

export type StandalonePrice = z.output<typeof standalonePriceSchema>;
