import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { settingsSchema } from '../../../../shared/config/settings.ts';
import { firstSeeded } from '../../../soak/shop/seeded.ts';
import type { Actions } from './action.ts';
import { nameOf } from './goods.ts';
import type { Market } from './market.ts';
import { anyOf, newCart, purchaseOf, stallOf } from './new-order.ts';
import { purchase } from './orders.ts';
import { tellPublished } from './products.ts';

const seedReview = firstSeeded('review');
/** From one tick to the next. */
const INTERVAL_SECONDS = 300;
const IDLE_MINUTES = settingsSchema.parse({}).checkouts.idleMinutes;

/** Counts a review in the product's statistics, as commercetools does by itself and tells nobody. */
async function count(market: Market, productId: string): Promise<void> {
  const product = await market.need('product', productId);
  const ratings = (await market.all('review')).flatMap(({ target, includedInStatistics, rating }) =>
    target && 'id' in target && target.id === productId && includedInStatistics && rating !== undefined ? [rating] : [],
  );
  const ratingsDistribution: Record<string, number> = {};
  for (const rating of ratings) ratingsDistribution[rating] = (ratingsDistribution[rating] ?? 0) + 1;
  const average = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  const reviewRatingStatistics = {
    ...{ averageRating: Math.round(average * 1e5) / 1e5, count: ratings.length, ratingsDistribution },
    ...{ highestRating: Math.max(...ratings), lowestRating: Math.min(...ratings) },
  };
  await market.edit('product', product, { reviewRatingStatistics });
}

/** What shoppers do beside buying, and what an import does. */
export const shopperActions: Actions<'leave-cart' | 'review' | 'publish-all'> = {
  'leave-cart': {
    request: purchase,
    async run(request, market) {
      const cart = await market.put('cart', newCart(purchaseOf(await stallOf(market), request)));
      const left = Date.parse(cart.lastModifiedAt);
      market.tellAnyway({
        ...{ notificationType: 'Tick', projectKey: 'demo-shop', resource: { typeId: 'cart' } },
        ...{ intervalSeconds: INTERVAL_SECONDS },
        // The tick that finds the cart, in place of twenty minutes.
        time: new Date(left + (IDLE_MINUTES * 60 + INTERVAL_SECONDS) * 1000).toISOString(),
      });
      return { said: `${cart.customerEmail} left a cart, and a tick looked for it.`, id: cart.id };
    },
  },
  review: {
    request: z.strictObject({
      productId: z.string().min(1),
      customerId: z.string().min(1).optional(),
      rating: z.int().min(1).max(5),
      text: z.string().max(2000).optional(),
    }),
    async run({ productId, customerId, rating, text }, market) {
      const product = await market.need('product', productId);
      // Whoever reviews is somebody's customer: no review of nobody becomes an event.
      const customer =
        customerId === undefined ? anyOf(await market.all('customer')) : await market.need('customer', customerId);
      const now = new Date().toISOString();
      const id = randomUUID();
      const review = await market.put('review', {
        ...{ ...seedReview, id, version: 1, key: `review-${id.slice(0, 8)}`, createdAt: now, lastModifiedAt: now },
        ...{ title: undefined, authorName: undefined, text, rating, includedInStatistics: true },
        target: { typeId: 'product', id: productId },
        customer: { typeId: 'customer', id: customer.id },
      });
      await count(market, productId);
      market.tell('ReviewCreated', 'review', review, { review });
      return { said: `${nameOf(product.masterData.current.name)} got ${rating} of 5.`, id: productId };
    },
  },
  'publish-all': {
    request: z.strictObject({}),
    async run(_, market) {
      for (const category of await market.all('category')) market.tellChange('Created', 'category', category);
      for (const product of await market.all('product'))
        if (product.masterData.published) tellPublished(market, product);
      for (const customer of await market.all('customer')) market.tellChange('Updated', 'customer', customer);
      return { said: 'Every category, published product and customer was told of.' };
    },
  },
};
