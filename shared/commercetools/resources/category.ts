import * as z from 'zod';
import { list, localized, maybe, reference, text } from './common.ts';

const ancestor = z.object({
  id: text,
  obj: maybe(z.object({ name: localized, parent: maybe(reference) })),
});

/** Cut down to what is read, as categories are kept for a while. */
export const categorySchema = z.object({
  id: text,
  name: localized,
  parent: maybe(reference),
  ancestors: list(ancestor),
});

export type Category = z.output<typeof categorySchema>;
