import type { ShopAction } from '../../api.ts';
import type { Actions } from './action.ts';
import { orderActions } from './orders.ts';
import { parcelActions } from './parcels.ts';
import { peopleActions } from './people.ts';
import { productActions } from './products.ts';
import { returnActions } from './returns.ts';
import { shopperActions } from './shoppers.ts';

/** Every action of the shop, but for `reset`, which is about more than the shop. */
export const actions: Actions<Exclude<ShopAction, 'reset'>> = {
  ...peopleActions,
  ...orderActions,
  ...parcelActions,
  ...returnActions,
  ...productActions,
  ...shopperActions,
};
