import type * as z from 'zod';
import { refuse } from './schemas.ts';

/** Variables that mean something only together. What is wrong by itself may be anything. */
interface Variables {
  PUSH_AUDIENCE?: string;
  PUSH_SERVICE_ACCOUNT?: string;
  PREFERRED_CURRENCY?: string;
  KLAVIYO_SYNC_SETTINGS?: {
    prices?: { currency?: string; country?: string; channel?: string; watchDates?: boolean } | null;
  };
}

/** Refuses a variable or a setting that would do nothing, or too little, without another one. */
export function checkTogether(variables: Variables, context: z.RefinementCtx): void {
  const prices = variables.KLAVIYO_SYNC_SETTINGS?.prices ?? {};
  const hasCurrency = Boolean(prices.currency ?? variables.PREFERRED_CURRENCY);
  for (const name of ['country', 'channel', 'watchDates'] as const) {
    const isAlone = Boolean(prices[name]) && !hasCurrency;
    const problem = isAlone ? 'needs a currency: prices.currency or PREFERRED_CURRENCY' : undefined;
    refuse(context, ['KLAVIYO_SYNC_SETTINGS', 'prices', name], problem);
  }
  // Anybody may ask Google for a token for any audience.
  const { PUSH_AUDIENCE: audience, PUSH_SERVICE_ACCOUNT: account } = variables;
  refuse(context, ['PUSH_AUDIENCE'], account && !audience ? 'is needed with PUSH_SERVICE_ACCOUNT' : undefined);
  refuse(context, ['PUSH_SERVICE_ACCOUNT'], audience && !account ? 'is needed with PUSH_AUDIENCE' : undefined);
}
