import { category } from './catalog/category.ts';
import { inventory } from './catalog/inventory.ts';
import { product } from './catalog/product.ts';
import { standalonePrice } from './catalog/standalone-price.ts';
import { customer } from './customers/profile.ts';
import type { Handler } from './handler.ts';
import { orderPlaced } from './orders/placed.ts';
import { refund } from './orders/refund.ts';
import { orderState } from './orders/state.ts';

/** Every handler. No two take the same notification. */
export const handlers: readonly Handler[] = [
  customer,
  orderPlaced,
  orderState,
  refund,
  category,
  product,
  standalonePrice,
  inventory,
];
