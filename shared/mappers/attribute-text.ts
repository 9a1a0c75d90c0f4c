import * as z from 'zod';
import { localize } from './localized.ts';

/** A text, a localized text, or an enumeration's key and label, which may be localized too. */
const schema = z.union([
  z.string(),
  z.looseObject({ label: z.union([z.string(), z.record(z.string(), z.string())]) }).transform(({ label }) => label),
  z.record(z.string(), z.string()).refine((texts) => !Object.hasOwn(texts, 'typeId')),
]);

/** Returns the text of a product attribute or a custom field in the locale; undefined when the value is no text. */
export function attributeText(value: unknown, locale: string | undefined): string | undefined {
  const { data } = schema.safeParse(value);
  return typeof data === 'string' ? data : localize(data, locale);
}
