import * as z from 'zod';

/** What becomes of reviews, beside the rating of a product. */
export const reviews = z
  .strictObject({
    events: z
      .boolean()
      .default(false)
      .describe('whether a review of a customer becomes `Submitted Review`, once it counts in the product’s rating'),
    texts: z
      .boolean()
      .default(false)
      .describe('whether `Submitted Review` tells the title and the text that the customer wrote'),
  })
  .refine(({ events, texts }) => events || !texts, { path: ['texts'], error: 'needs reviews.events' })
  .prefault({});
