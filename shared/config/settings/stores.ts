import * as z from 'zod';

/** Whose customers and orders are synced, where a project has several stores. */
export const stores = z
  .strictObject({
    include: z
      .array(z.string().min(1))
      .optional()
      .describe('keys of the stores whose customers, carts and orders are synced; unset syncs all'),
    withoutStore: z
      .boolean()
      .default(true)
      .describe('whether customers, carts and orders of no store are synced, where `stores.include` is set'),
  })
  .refine(({ include, withoutStore }) => include || withoutStore, {
    path: ['withoutStore'],
    error: 'means something with stores.include only',
  })
  .prefault({});
