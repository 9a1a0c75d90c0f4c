import * as z from 'zod';
import { list, text } from './common.ts';

/** A type of custom fields: the names of its fields. */
export const typeSchema = z.looseObject({ id: text, fieldDefinitions: list(z.looseObject({ name: text })) });

export type Type = z.output<typeof typeSchema>;
