import type { Order } from '@commercetools/platform-sdk';
import { tick } from './notifications.ts';
import { DISCOUNT_CODES } from './seeded.ts';
import type { Fact, ShopState } from './state.ts';

/** An amount of money, from cents. */
export const euros = (centAmount: number) => ({
  type: 'centPrecision' as const,
  currencyCode: 'EUR',
  centAmount,
  fractionDigits: 2,
});

/** The discount codes of an order, by their places in the shop's list. */
export const withCodes = (...places: number[]): Pick<Order, 'discountCodes'> => ({
  discountCodes: places.flatMap((place) => {
    const id = DISCOUNT_CODES[place]?.id;
    return id ? [{ discountCode: { typeId: 'discount-code' as const, id }, state: 'MatchesCart' as const }] : [];
  }),
});

/** The order as it is now. Throws when there is none. */
export function orderOf(state: ShopState, id: string): Order {
  const order = state.orders.get(id);
  if (!order) throw new Error(`There is no order ${id}`);
  return order;
}

/** Gives the order in its next version. */
export function changeOrder(state: ShopState, order: Order, changes: Partial<Order>): Order {
  const next = { ...order, ...changes, version: order.version + 1, lastModifiedAt: tick() };
  state.putOrder(next);
  return next;
}

/** Notes what has to become an event; about the whole order as it was placed, unless told otherwise. */
export function addFact(
  state: ShopState,
  kind: Fact['kind'],
  metric: string,
  order: Order,
  about: Partial<Fact> = {},
): void {
  const own = { uniqueId: order.id, orderId: order.id, time: order.createdAt, cents: order.totalPrice.centAmount };
  state.facts.push({ kind, metric, ...own, ...about });
}
