import * as z from 'zod';
import { bounded, custom, maybe, money, text } from './common.ts';

export const transactionSchema = z.looseObject({
  id: text,
  timestamp: maybe(z.iso.datetime({ offset: true })),
  type: text,
  amount: money,
  state: text,
  custom,
});

export const paymentSchema = z.looseObject({
  id: text,
  lastModifiedAt: maybe(z.iso.datetime({ offset: true })),
  transactions: bounded(transactionSchema),
});

export type Transaction = z.output<typeof transactionSchema>;
export type Payment = z.output<typeof paymentSchema>;
