import type { Product } from '../../commercetools/resources/product.ts';
import type { Review } from '../../commercetools/resources/review.ts';
import type { Settings } from '../../config/settings.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { localize } from '../localized.ts';
import { productUrl } from '../product-url.ts';
import { imageUrl } from '../variant.ts';

/**
 * Returns `Submitted Review`, at the time when the review was written. What the customer wrote is told where `reviews.texts` says
 * so.
 *
 * @param productId the product that was reviewed
 * @param product the same as it is published; undefined when it is not
 * @param historyEnds what happened before, in milliseconds since the epoch, is history
 */
export function toSubmittedReview(
  review: Review,
  productId: string,
  product: Product | undefined,
  profile: ProfileReference,
  { settings, historyEnds }: { settings: Settings; historyEnds: number },
): EventWrite {
  const { id, createdAt: time, rating, title, text } = review;
  const standard = {
    ProductID: productId,
    ProductName: localize(product?.name, settings.locale),
    ProductURL: product && productUrl({ ...product, sku: product.masterVariant.sku }, settings),
    ImageURL: product && imageUrl(product.masterVariant),
    Rating: rating,
    ...(settings.reviews.texts && { Title: title, Text: text }),
  };
  const { properties, trimmed } = fitProperties(standard, {});
  const backfill = Date.parse(time) < historyEnds ? ({ backfill: true } as const) : {};
  return {
    event: { metric: settings.metrics.submittedReview, profile, uniqueId: id, time, ...backfill, properties },
    trimmed,
  };
}
