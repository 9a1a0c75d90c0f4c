import * as z from 'zod';
import { text } from './common.ts';

export const discountCodeSchema = z.looseObject({ id: text, code: text });
