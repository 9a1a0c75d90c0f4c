import { signal } from '@preact/signals';
import type { ShopAction, ShopAnswer, ShopRequests } from '../../api.ts';
import { send } from '../data/request.ts';

/** What was done last in the shop. */
export const last = signal<ShopAnswer | undefined>(undefined);

/** Does in the shop what a merchant or a shopper does. Throws the server's refusal. */
export async function act<Action extends ShopAction>(action: Action, what: ShopRequests[Action]): Promise<void> {
  last.value = await send<ShopAnswer>('POST', `/api/shop/${action}`, what);
}
