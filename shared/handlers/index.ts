import { category } from './category.ts';
import { customer } from './customer.ts';
import type { Handler } from './handler.ts';
import { inventory } from './inventory.ts';
import { orderPlaced } from './order-placed.ts';
import { orderState } from './order-state.ts';
import { product } from './product.ts';
import { refund } from './refund.ts';

/** Every handler; no two accept the same notification. */
export const handlers: readonly Handler[] = [customer, orderPlaced, orderState, refund, category, product, inventory];
