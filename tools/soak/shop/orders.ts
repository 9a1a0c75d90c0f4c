import type { Customer, LineItem, Order, OrderState, ProductVariant } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { message, messageWithoutPayload, tick } from './notifications.ts';
import { addFact, changeOrder, euros, orderOf, withCodes } from './order-facts.ts';
import type { People } from './people.ts';
import { firstSeeded } from './seeded.ts';
import type { ShopState } from './state.ts';

const seed = firstSeeded('order');
const [seedLine] = seed.lineItems;

/** What becomes of orders. Each gives the notifications of one change, none when nothing can change so. */
export interface Orders {
  place(): Change[];
  /** A guest order is given to a customer who has just signed up with its e-mail address. */
  adopt(): Change[];
  move(): Change[];
}

/** Makes up orders. */
export function createOrders(state: ShopState, random: Random, people: People): Orders {
  const open: string[] = [];
  /** Read as they are when their message comes, and not placed when they are cancelled by then: they never are. */
  const withoutPayload = new Set<string>();
  let number = 1000;

  function line(): LineItem {
    const product = random.pick([...state.products.values()]);
    const { masterVariant, variants, name, slug } = product.masterData.current;
    const variant: ProductVariant = random.pick([masterVariant, ...variants]);
    const quantity = 1 + random.below(3);
    const centAmount = 100 + random.below(20_000);
    return {
      ...(seedLine as LineItem),
      ...{
        id: random.uuid(),
        productId: product.id,
        productKey: product.key,
        name,
        productSlug: slug,
        variant,
        quantity,
      },
      price: { id: random.uuid(), value: euros(centAmount) },
      totalPrice: euros(centAmount * quantity),
    };
  }

  const statesAfter = ({ id, orderState }: Order): OrderState[] => [
    'Complete',
    ...(withoutPayload.has(id) ? [] : (['Cancelled'] as const)),
    ...(orderState === 'Open' ? (['Confirmed'] as const) : []),
  ];

  return {
    place() {
      if (state.products.size === 0) return [];
      const customer = random.chance(0.7) ? people.any() : undefined;
      const { email, addresses }: Pick<Customer, 'email' | 'addresses'> = customer ?? people.guest();
      const lineItems = Array.from({ length: 1 + random.below(4) }, line);
      number += 1;
      const order: Order = {
        ...seed,
        ...{ id: random.uuid(), version: 1, orderNumber: `N-${number}`, createdAt: tick(), lastModifiedAt: tick() },
        ...{ customerId: customer?.id, customerEmail: email, billingAddress: addresses[0], lineItems },
        ...withCodes(...(random.chance(0.3) ? [random.below(2)] : [])),
        ...{ orderState: random.pick(['Open', 'Confirmed'] as const), taxedPrice: undefined },
        totalPrice: euros(lineItems.reduce((sum, { totalPrice }) => sum + totalPrice.centAmount, 0)),
      };
      state.putOrder(order);
      open.push(order.id);
      addFact(state, 'order-placed', 'Placed Order', order);
      const time = new Date(Date.parse(order.createdAt) + 1000).toISOString();
      for (const { id, totalPrice } of lineItems)
        addFact(state, 'order-placed', 'Ordered Product', order, { uniqueId: id, time, cents: totalPrice.centAmount });
      if (random.chance(0.2)) {
        withoutPayload.add(order.id);
        return [{ kind: 'order-placed', payload: messageWithoutPayload('OrderCreated', 'order', order) }];
      }
      const type = random.pick(['OrderCreated', 'OrderCreated', 'OrderImported', 'OrderCreatedFromRecurringOrder']);
      const payload = message(type, 'order', order, { order });
      return [{ kind: 'order-placed', payload }];
    },

    adopt() {
      const guests = open.map((id) => orderOf(state, id)).filter(({ customerId }) => !customerId);
      if (guests.length === 0) return [];
      const guest = random.pick(guests);
      const changes = people.signUp({ email: guest.customerEmail });
      const [id = ''] = [...state.customers.keys()].slice(-1);
      people.keepEmail(id);
      const order = changeOrder(state, guest, { customerId: id });
      const payload = message('OrderCustomerSet', 'order', order, { customer: { typeId: 'customer', id } });
      return [...changes, { kind: 'order-placed', payload }];
    },

    move() {
      if (open.length === 0) return [];
      const index = Math.max(0, open.length - 1 - random.below(random.chance(0.6) ? 4 : open.length));
      const order = orderOf(state, open[index] ?? '');
      const orderState = random.pick(statesAfter(order));
      const next = changeOrder(state, order, { orderState });
      const isFinal = orderState !== 'Confirmed';
      const payload = { orderId: next.id, orderState, oldOrderState: order.orderState };
      const notification =
        isFinal && random.chance(0.2)
          ? messageWithoutPayload('OrderStateChanged', 'order', next)
          : message('OrderStateChanged', 'order', next, payload);
      if (!isFinal) return [{ kind: 'order-state', payload: notification }];
      open.splice(index, 1);
      addFact(state, 'order-state', orderState === 'Complete' ? 'Fulfilled Order' : 'Cancelled Order', next, {
        time: notification.createdAt,
      });
      return [{ kind: 'order-state', payload: notification }];
    },
  };
}
