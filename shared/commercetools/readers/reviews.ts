import type { CommercetoolsClient } from '../client.ts';
import { type Review, reviewSchema } from '../resources/review.ts';

/** Reads reviews, which needs the scope view_products. */
export const reviewReader = ({ api, read, count }: CommercetoolsClient) => ({
  /** Returns the review as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Review | undefined> =>
    read(`review ${ID}`, reviewSchema, api.reviews().withId({ ID }).get()),

  /** Returns how many reviews that count in the statistics of a product give it a rating; exact below 10,000. */
  countOf(productId: string, rating: number): Promise<number> {
    // A number, so that it needs no variable.
    const where = `target(typeId="product" and id=:id) and includedInStatistics=true and rating=${rating}`;
    const queryArgs = { where, 'var.id': productId, limit: 1, withTotal: true };
    return count(`reviews of product ${productId}`, api.reviews().get({ queryArgs }));
  },
});
