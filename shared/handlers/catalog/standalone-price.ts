import * as z from 'zod';
import { text } from '../../commercetools/resources/common.ts';
import { InvalidMessageError } from '../../errors.ts';
import { defineHandler, existing } from '../handler.ts';
import { changedItem } from './item.ts';

/** A Standalone price came, changed or went: the item of the product that its SKU belongs to, with the prices of now. */
export const standalonePrice = defineHandler({
  name: 'standalone-price',
  resource: 'standalone-price',
  messages: { StandalonePriceDeleted: z.looseObject({ sku: text }) },
  changes: ['ResourceCreated', 'ResourceUpdated'],
  becomes: 'the price of a variant and of its item',
  async plan(taken, context) {
    const { products, standalonePrices } = context.commercetools;
    const readSku = async (): Promise<string> => {
      if (taken.type === 'StandalonePriceDeleted' && taken.payload) return taken.payload.sku;
      const price = await standalonePrices.byId(taken.notification.resource.id);
      if (!price && taken.type === 'StandalonePriceDeleted')
        throw new InvalidMessageError('The deleted Standalone price has no SKU: the payload is not included');
      return existing(price).sku;
    };
    const product = await products.publishedBySku(await readSku());
    return product ? [await changedItem(product, context)] : [];
  },
});
