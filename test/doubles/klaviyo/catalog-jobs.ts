import * as z from 'zod';
import { showJob, start } from './bulk-jobs.ts';
import type { Writes, Written } from './catalog-writes.ts';
import { categoryWrites } from './categories.ts';
import { itemWrites } from './items.ts';
import { type Route, readBody } from './route.ts';
import { variantWrites } from './variants.ts';

const MOST_ENTRIES = 100;

/** Klaviyo's operations on many entries of the catalog: accepted at once, and done in a job. */
export const catalogJobRoutes: Route[] = [
  ...routesOf('category', 'categories', categoryWrites),
  ...routesOf('item', 'items', itemWrites),
  ...routesOf('variant', 'variants', variantWrites),
];

function routesOf<T, C, U extends { id: string }>(kind: string, plural: string, writes: Writes<T, C, U>): Route[] {
  const { create, update, remove } = writes;
  const named = z.strictObject({ type: z.literal(`catalog-${kind}`), id: z.string() });
  return [
    ...jobRoutes(`catalog-${kind}-bulk-create-job`, plural, create.entry, create.write),
    ...jobRoutes(`catalog-${kind}-bulk-update-job`, plural, update.entry, update.write),
    ...jobRoutes(`catalog-${kind}-bulk-delete-job`, plural, named, (call, { id }) => remove(call, id)),
  ];
}

function jobRoutes<E>(
  type: string,
  plural: string,
  entry: z.ZodType<E>,
  write: (call: Written, entry: E) => unknown,
): Route[] {
  const list = z.strictObject({ data: z.array(entry).min(1).max(MOST_ENTRIES) });
  const attributes = z.strictObject({ [plural]: list });
  const body = z.strictObject({ data: z.strictObject({ type: z.literal(type), attributes }) });
  return [
    {
      method: 'POST',
      path: `/api/${type}s`,
      answer(call) {
        const entries = readBody(body, call).data.attributes[plural]?.data ?? [];
        return start(call, {
          ...{ type, at: `/data/attributes/${plural}/data`, entries },
          write: (one) => write(call, one),
        });
      },
    },
    { method: 'GET', path: `/api/${type}s/{job_id}`, answer: (call) => showJob(type, call) },
  ];
}
