import * as z from 'zod';

/** Where messages are kept that are given up, for a deployment whose queue keeps none. */
export const deadLetters = z
  .strictObject({
    container: z
      .string()
      .regex(/^[-\w~.]{2,256}$/, 'expected 2 to 256 letters, digits, -, _, ~ and .')
      .optional()
      .describe(
        'container of custom objects that keeps what [commercetools Connect](docs/connect.md) gives up; `DEAD_LETTER_CONTAINER` when unset. Other queues keep dead letters themselves',
      ),
  })
  .prefault({});
