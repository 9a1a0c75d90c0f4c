import type { Product } from '../../commercetools/resources/product.ts';
import { defineHandler, type PlanOne } from '../handler.ts';
import { changedItem } from './item.ts';

/**
 * It is time to look for Standalone prices that begin or end, of which no notification tells: the items of their products, with
 * the prices of now. Embedded prices cannot be found by their dates as surely.
 */
export const priceDates = defineHandler({
  name: 'price-dates',
  resource: 'standalone-price',
  becomes:
    'the price of a variant and of its item, when a Standalone price begins or ends; off until `prices.watchDates` is true',
  async *tick(window, { commercetools: { standalonePrices, products }, settings }) {
    if (!settings.prices.watchDates) return;
    for await (const prices of standalonePrices.turning(window))
      yield (await products.publishedBySkus(prices.map(({ sku }) => sku))).map(planOf);
  },
});

/** Plans the item of a product that was read with others; what was written is planned again from the product of then. */
const planOf =
  (known: Product): PlanOne =>
  async (context) => {
    const product = context.previous ? await context.commercetools.products.published(known.id) : known;
    return product ? [await changedItem(product, context)] : [];
  };
