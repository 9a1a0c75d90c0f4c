import type { Order } from '@commercetools/platform-sdk';
import type { Random } from '../random.ts';
import { createCatalog } from './catalog.ts';
import { passTime, setTime, tick } from './notifications.ts';
import { changeOrder, orderOf } from './order-facts.ts';
import { deliveriesIn, withDeliveries } from './order-parts.ts';
import { createOrders } from './orders.ts';
import { createPayments } from './payments.ts';
import { createPeople } from './people.ts';
import type { Fact, ShopState } from './state.ts';

const DAY = 24 * 3600 * 1000;
const CATEGORIES = 25;
const PRODUCTS = 150;
/** Orders of one customer, more or less. */
const LOYALTY = 4;
/** Share of the orders that were imported from a former shop. */
const IMPORTED = 0.03;
/** An order keeps no time of its states: one without a delivery is taken to have reached its state by then. */
const LONGEST = 30 * DAY;

/** How long a shop has been there when the sync begins, and since when. */
export interface Past {
  orders: number;
  days: number;
  /** When it ends, in milliseconds since the epoch. */
  until: number;
}

/** Lets a shop have a past that nobody told Klaviyo of, and notes what has to become of it. */
export function livePast(state: ShopState, random: Random, past: Past): void {
  setTime(past.until - past.days * DAY);
  stockUp(state, random);
  const placed = sell(state, random, past);
  for (const id of placed) if (random.chance(IMPORTED)) importLater(state, id);
  for (const id of placed) if (random.chance(0.4)) deliver(state, random, orderOf(state, id));
  state.rememberBreadcrumbs();
  settleFacts(state);
}

function stockUp(state: ShopState, random: Random): void {
  const catalog = createCatalog(state, random);
  for (let category = 0; category < CATEGORIES; category++) catalog.addCategory();
  for (let product = 0; product < PRODUCTS; product++) {
    catalog.publish();
    catalog.stock();
    catalog.price();
  }
}

/** Places orders over the days, and gives their ids. Most reach their last state, some are refunded. */
function sell(state: ShopState, random: Random, { orders, days }: Past): string[] {
  const people = createPeople(state, random);
  const placing = createOrders(state, random, people);
  const payments = createPayments(state, random);
  const happenings: [number, () => unknown][] = [
    [1 / LOYALTY, () => people.signUp()],
    [1, placing.place],
    [0.85, placing.move],
    [0.05, payments.pay],
    [0.03, payments.settleRefund],
    [0.02, () => people.edit()],
  ];
  // What happens takes some seconds by itself.
  const pause = (days * DAY * 0.95) / orders;
  for (let order = 0; order < orders; order++) {
    passTime(Math.floor(pause * random.next() * 1.9));
    for (const [probability, happen] of happenings) if (random.chance(probability)) happen();
  }
  payments.finish();
  return [...state.orders.keys()];
}

/** The shop took the order over today, after it was completed elsewhere. */
function importLater(state: ShopState, id: string): void {
  const order = orderOf(state, id);
  // Nothing is told of the guest of an order that comes cancelled.
  if (order.orderState === 'Cancelled' && !order.customerId) return;
  changeOrder(state, order, { completedAt: order.createdAt, createdAt: tick() });
}

/** What was delivered a day after it was ordered is told of by nothing but the order. */
function deliver(state: ShopState, random: Random, order: Order): void {
  if (order.orderState !== 'Complete' || order.completedAt) return;
  const createdAt = new Date(Date.parse(order.createdAt) + DAY).toISOString();
  const items = order.lineItems.map(({ id, quantity }) => ({ id, quantity }));
  const delivery = { id: random.uuid(), createdAt, items, parcels: [] };
  state.putOrder({ ...order, ...withDeliveries(order, [delivery]), version: order.version + 1 });
}

/** Gives the facts of the past the times that can still be found out; an order that came cancelled was never placed nor cancelled here. */
function settleFacts(state: ShopState): void {
  const isNone = ({ kind, orderId }: Fact) => {
    const order = state.orders.get(orderId);
    return kind !== 'refund' && order?.orderState === 'Cancelled' && order.completedAt !== undefined;
  };
  state.facts = state.facts.filter((fact) => !isNone(fact));
  for (const fact of state.facts) {
    const order = state.orders.get(fact.orderId);
    if (fact.kind === 'order-state' && order) fact.time = stateTime(order, fact.metric);
  }
}

function stateTime(order: Order, metric: string): string {
  const delivered = deliveriesIn(order).map(({ createdAt }) => createdAt);
  const last = metric === 'Fulfilled Order' ? delivered.toSorted().at(-1) : undefined;
  const placed = order.completedAt ?? order.createdAt;
  const latest = Math.min(Date.parse(order.lastModifiedAt), Date.parse(placed) + LONGEST);
  return last ?? new Date(latest).toISOString();
}
