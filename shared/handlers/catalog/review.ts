import * as z from 'zod';
import type { Product } from '../../commercetools/resources/product.ts';
import { type Review, reviewSchema } from '../../commercetools/resources/review.ts';
import { RetryableError } from '../../errors.ts';
import type { Write } from '../../klaviyo/writes.ts';
import { toSubmittedReview } from '../../mappers/catalog/review.ts';
import { isServed } from '../../mappers/stores.ts';
import type { Message } from '../../platform-format/schema.ts';
import { defineHandler, existing, type PlanContext } from '../handler.ts';
import { buyerOf } from '../orders/buyer.ts';
import { endOfHistory } from '../orders/events.ts';
import { changedItem } from './item.ts';

/** The messages of a review, each read as whether what counts in the rating of the target has changed. */
const messages = {
  ReviewCreated: z.looseObject({ review: reviewSchema }).transform(({ review }) => review.includedInStatistics),
  ReviewRatingSet: z
    .looseObject({ includedInStatistics: z.boolean() })
    .transform(({ includedInStatistics }) => includedInStatistics),
  ReviewStateTransition: z
    .looseObject({ oldIncludedInStatistics: z.boolean(), newIncludedInStatistics: z.boolean() })
    .transform((moved) => moved.oldIncludedInStatistics !== moved.newIncludedInStatistics),
};

/** commercetools counts no further. */
const COUNTED = 10_000;

/**
 * A review of a product counts, counts no more, or has another rating: the item with the rating of now, where it differs; and
 * `Submitted Review` of a review that counts, if the settings say so. A review that waits for approval asks for nothing yet.
 */
export const review = defineHandler({
  name: 'review',
  resource: 'review',
  messages,
  becomes: 'the rating of an item; `Submitted Review` of a customer, if `reviews.events` says so',
  async plan({ type, notification, payload }, context) {
    if (payload === false) return [];
    const current = existing(await context.commercetools.reviews.byId(notification.resource.id));
    const { target, includedInStatistics } = current;
    if (target?.typeId !== 'product') return [];
    const product = await context.commercetools.products.published(target.id);
    const isSubmitted = includedInStatistics && type !== 'ReviewRatingSet';
    const events = isSubmitted ? await submitted(current, target.id, product, notification, context) : [];
    if (!product) return events;
    await checkStatistics(product, current.rating, context);
    return [...events, await changedItem(product, context)];
  },
});

/** Plans `Submitted Review`; nothing for a review of no customer, or of one of another store, or when it is switched off. */
async function submitted(
  review: Review,
  productId: string,
  product: Product | undefined,
  message: Message,
  context: PlanContext,
): Promise<Write[]> {
  const { settings, commercetools } = context;
  if (!settings.reviews.events || !review.customer) return [];
  // A review names no store. Only where stores are named does the customer cost a read more.
  const author = settings.stores.include && (await commercetools.customers.byId(review.customer.id));
  if (!isServed(author?.stores ?? [], settings)) return [];
  const buyer = await buyerOf({ customerId: review.customer.id }, context, 'identifiers');
  if (!buyer) return [];
  const historyEnds = endOfHistory(message, settings);
  const event = toSubmittedReview(review, productId, product, buyer.profile, { settings, historyEnds });
  return [...buyer.before, { kind: 'createEvent', ...event }];
}

/**
 * Statistics follow their reviews a moment later, and it is not documented whether the product gets a new version then, which
 * would be reported. So a product whose statistics are behind is read again, as long as the message is new.
 *
 * @throws RetryableError while they are
 */
async function checkStatistics(
  { id, reviewRatingStatistics }: Product,
  rating: number | undefined,
  { commercetools, freshness, previous }: PlanContext,
): Promise<void> {
  if (rating === undefined || freshness === 'old' || previous) return;
  const reviews = await commercetools.reviews.countOf(id, rating);
  const counted = reviewRatingStatistics?.ratingsDistribution?.[rating] ?? 0;
  if (counted !== reviews && reviews < COUNTED)
    throw new RetryableError(`the statistics of product ${id} do not count its reviews yet`);
}
