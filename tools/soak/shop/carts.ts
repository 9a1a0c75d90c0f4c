import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { tick } from './notifications.ts';
import type { ShopState, SoakCart } from './state.ts';

/** How long a cart is left alone until it is told of, and how long until a tick looks for it for certain. */
const IDLE_MILLISECONDS = 15 * 60_000;
const INTERVAL_SECONDS = 300;

/** Makes up carts. Some are ordered, or become part of another one, before the tick that looks for them. */
export function createCarts(state: ShopState, random: Random) {
  return {
    /** A shopper fills a cart as somebody's order was, and a tick of the schedule comes. */
    leave(): Change[] {
      const like = random.pickRecent(state.orders);
      if (!like) return [];
      const { customerId, customerEmail, billingAddress, country, locale, lineItems, totalPrice } = like;
      const lastModifiedAt = tick();
      const cart: SoakCart = {
        ...{ id: random.uuid(), version: 3, createdAt: lastModifiedAt, lastModifiedAt, origin: 'Customer' as const },
        ...{ customerId, customerEmail, billingAddress, country, locale, lineItems, customLineItems: [], totalPrice },
        cartState: random.pick(['Active', 'Active', 'Ordered', 'Merged'] as const),
      };
      state.carts.set(cart.id, cart);
      if (cart.cartState === 'Active')
        state.facts.push({
          ...{
            kind: 'checkout-started',
            metric: 'Started Checkout',
            uniqueId: `${cart.id}:${lastModifiedAt.slice(0, 10)}`,
          },
          ...{ orderId: cart.id, time: lastModifiedAt, cents: totalPrice.centAmount },
        });
      const time = new Date(Date.parse(lastModifiedAt) + IDLE_MILLISECONDS + INTERVAL_SECONDS * 1000).toISOString();
      const payload = {
        ...{ notificationType: 'Tick', projectKey: 'demo-shop', resource: { typeId: 'cart' } },
        ...{ intervalSeconds: INTERVAL_SECONDS, time },
      };
      return [{ kind: 'checkout-started', payload }];
    },
  };
}
