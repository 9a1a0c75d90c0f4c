import type { Product } from '../../commercetools/resources/product.ts';

/** Returns what reviews say of a product, for the metadata of its item; nothing of a product that nobody has rated. */
export const ratingOf = ({ reviewRatingStatistics: statistics }: Product): Record<string, number> =>
  statistics && statistics.count > 0 ? { rating: statistics.averageRating, review_count: statistics.count } : {};
