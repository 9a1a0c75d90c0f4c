import { checkoutStarted } from './carts/checkout.ts';
import { category } from './catalog/category.ts';
import { inventory } from './catalog/inventory.ts';
import { priceDates } from './catalog/price-dates.ts';
import { product } from './catalog/product.ts';
import { review } from './catalog/review.ts';
import { standalonePrice } from './catalog/standalone-price.ts';
import { erasure } from './customers/erasure.ts';
import { customer } from './customers/profile.ts';
import type { Handler } from './handler.ts';
import { delivery } from './orders/delivery.ts';
import { orderPlaced } from './orders/placed.ts';
import { refund } from './orders/refund.ts';
import { returnRequested } from './orders/return.ts';
import { returnState } from './orders/return-state.ts';
import { shipment } from './orders/shipment.ts';
import { shipmentState } from './orders/shipment-state.ts';
import { orderState } from './orders/state.ts';

/**
 * The lanes that notifications wait in, each with its handlers: where a deployment has both, an order waits behind no run of
 * prices, nor of reviews. commercetools reports a type of resource to one lane, so all handlers of a resource are in the same one.
 */
export const lanes = {
  orders: [
    customer,
    erasure,
    orderPlaced,
    orderState,
    refund,
    shipment,
    delivery,
    shipmentState,
    returnRequested,
    returnState,
    checkoutStarted,
  ],
  catalog: [category, product, standalonePrice, inventory, review, priceDates],
} as const satisfies Record<string, readonly Handler[]>;

/** Name of a lane. */
export type Lane = keyof typeof lanes;

/** Every handler. No two take the same notification. */
export const handlers: readonly Handler[] = Object.values(lanes).flat();
