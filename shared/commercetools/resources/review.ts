import * as z from 'zod';
import { maybe, optionalText, reference, text } from './common.ts';

/** https://docs.commercetools.com/api/projects/reviews */
export const reviewSchema = z.looseObject({
  id: text,
  createdAt: z.iso.datetime({ offset: true }),
  customer: maybe(reference),
  /** A product or a channel. */
  target: maybe(z.looseObject({ typeId: text, id: text })),
  /** Whether the rating counts: with an approval process, not before somebody has approved the review. */
  includedInStatistics: z.boolean(),
  /** From -100 to 100. */
  rating: maybe(z.number()),
  title: optionalText,
  text: optionalText,
});

export type Review = z.output<typeof reviewSchema>;
