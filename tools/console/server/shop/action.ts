import type * as z from 'zod';
import type { ShopAction, ShopRequests } from '../../api.ts';
import type { Market } from './market.ts';

/** What an action did: a sentence, and what it was about. */
interface Done {
  said: string;
  id?: string;
}

/** Something that a merchant or a shopper does. */
interface Action<A extends ShopAction> {
  request: z.ZodType<ShopRequests[A]>;
  /** Throws a ProblemError for what makes no sense. */
  run(request: ShopRequests[A], market: Market): Promise<Done>;
}

/** Actions by their names. */
export type Actions<A extends ShopAction> = { [Name in A]: Action<Name> };
