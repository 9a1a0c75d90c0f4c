import { describe, expect, it } from 'vitest';
import { reviewSchema } from '../../../../shared/commercetools/resources/review.ts';
import { ratingOf } from '../../../../shared/mappers/catalog/rating.ts';
import { toSubmittedReview } from '../../../../shared/mappers/catalog/review.ts';
import { type Fields, product, variant } from '../../factories.ts';
import { settings } from '../../support.ts';

const review = (fields: Fields = {}) =>
  reviewSchema.parse({
    id: 'review-1',
    createdAt: '2026-06-04T07:12:30.000Z',
    includedInStatistics: true,
    rating: 4,
    title: 'Carries a weekend',
    text: 'The belt does not rub.',
    ...fields,
  });
const given = (more: Fields = {}) => ({
  settings: settings({ locale: 'en', productUrlTemplate: 'https://shop.example.org/{{productSlug}}', ...more }),
  historyEnds: 0,
});
const jeans = product({ masterVariant: variant({ images: [{ url: 'https://images.example.org/jeans.jpg' }] }) });

describe('Submitted Review', () => {
  it('tells the product and its rating, and nothing that the customer wrote', () => {
    expect(toSubmittedReview(review(), 'product-1', jeans, { externalId: 'customer-1' }, given())).toEqual({
      event: {
        metric: 'Submitted Review',
        profile: { externalId: 'customer-1' },
        uniqueId: 'review-1',
        time: '2026-06-04T07:12:30.000Z',
        properties: {
          ProductID: 'product-1',
          ProductName: 'Jeans',
          ProductURL: 'https://shop.example.org/jeans',
          ImageURL: 'https://images.example.org/jeans.jpg',
          Rating: 4,
        },
      },
      trimmed: [],
    });
  });

  it('tells title and text where the settings say so', () => {
    const reviews = { events: true, texts: true };
    const { event } = toSubmittedReview(review(), 'product-1', jeans, {}, given({ reviews }));
    expect(event.properties).toMatchObject({ Title: 'Carries a weekend', Text: 'The belt does not rub.' });
  });

  it('of a product that is not published names it by its id', () => {
    const { event } = toSubmittedReview(review(), 'product-1', undefined, {}, given());
    expect(JSON.parse(JSON.stringify(event.properties))).toEqual({ ProductID: 'product-1', Rating: 4 });
  });

  it('of a review that was approved long after it was written is history', () => {
    const historyEnds = Date.parse('2026-06-04T08:00:00Z');
    expect(toSubmittedReview(review(), 'product-1', jeans, {}, { ...given(), historyEnds }).event.backfill).toBe(true);
  });
});

describe('the rating of a product', () => {
  it('is the average and the number of its reviews', () => {
    const reviewRatingStatistics = { averageRating: 4.33333, count: 3, ratingsDistribution: { '4': 2, '5': 1 } };
    expect(ratingOf(product({ reviewRatingStatistics }))).toEqual({ rating: 4.33333, review_count: 3 });
  });

  it('is nothing without reviews', () => {
    expect([
      ratingOf(product()),
      ratingOf(product({ reviewRatingStatistics: { averageRating: 0, count: 0 } })),
    ]).toEqual([{}, {}]);
  });
});
