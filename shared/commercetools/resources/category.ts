import * as z from 'zod';
import { list, localized, reference, text } from './common.ts';

const ancestor = z.object({
  id: text,
  obj: z.object({ name: localized, parent: reference.optional() }).optional(),
});

/** Cut down to what is read, as categories are kept for a while. */
export const categorySchema = z.object({
  id: text,
  name: localized,
  parent: reference.optional(),
  ancestors: list(ancestor),
});

export type Category = z.output<typeof categorySchema>;
