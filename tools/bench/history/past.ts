import { benchId, CUSTOMERS, digits, sizeOf } from '../ids.ts';
import { resource } from '../resources.ts';

/** Orders that were placed before a run over history begins: each has a number, from 0, and the oldest has the lowest. */
export interface Past {
  /** Orders that are history; as many people have placed them as a twentieth. */
  orders: number;
  /** How long they took. */
  days: number;
  /** When the run begins, in milliseconds since the epoch. The youngest order that is history is two hours older. */
  begin: number;
}

/** An event that Klaviyo has to have of an order. */
export interface PastEvent {
  metric: string;
  uniqueId: string;
  /** Milliseconds since the epoch. */
  time: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Orders that live traffic owns: one in each of the minutes until half an hour before the run begins. */
const YOUNG = 25;
const YOUNGEST_AGE = 30 * MINUTE;
const OLD_AGE = 120 * MINUTE;
const ORDERS_A_PERSON = 20;
/** Products are as many groups as this, each of four. */
const PRODUCT_GROUPS = 125;
/** One order of so many is fulfilled, which is one event more. */
const FULFILLED = 50;

/** Returns how many orders there are, those of live traffic with them. */
export const allOrders = ({ orders }: Past): number => orders + YOUNG;

/** Returns the numbers of a past's people, from 0. */
export const people = ({ orders }: Past): number => Math.ceil(orders / ORDERS_A_PERSON);

/** Returns when an order was placed, in milliseconds since the epoch. */
export function timeOf({ orders, days, begin }: Past, number: number): number {
  if (number >= orders) return begin - YOUNGEST_AGE - (orders + YOUNG - 1 - number) * MINUTE;
  const step = Math.floor((days * DAY) / orders);
  return begin - OLD_AGE - (orders - 1 - number) * step;
}

/** Returns the number of the first order that was not placed before a time, in milliseconds since the epoch. */
export function firstSince(past: Past, time: number): number {
  let [low, high] = [0, allOrders(past)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(past, middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lines of orders, 3.5 on average. */
const linesOf = (number: number): number => 3 + (number % 2);

/** Returns the id of an order. */
export const orderId = (number: number): string => benchId('order', linesOf(number), digits(number));

/** Returns the state that an order has come to. */
export const stateOf = (number: number): string => (number % FULFILLED === 0 ? 'Complete' : 'Open');

/** Of ten people three are guests. */
const isGuest = (person: number): boolean => person % 10 >= 7;

/** Returns the id of a customer, undefined for a guest. */
export const customerId = (person: number): string | undefined =>
  isGuest(person) ? undefined : benchId('customer', CUSTOMERS.known, digits(person));

/** Returns an order as commercetools shows it, as JSON. */
export function orderText(past: Past, number: number): string {
  const person = number % people(past);
  return resource
    .order(orderId(number), {
      group: number % PRODUCT_GROUPS,
      customer: isGuest(person) ? CUSTOMERS.guest : CUSTOMERS.known,
      buyer: digits(person),
      placed: new Date(timeOf(past, number)).toISOString(),
    })
    .replace('"orderState":"Open"', `"orderState":"${stateOf(number)}"`);
}

/** Returns the events that an order stands for. */
export function eventsOf(past: Past, number: number): PastEvent[] {
  const [id, time] = [orderId(number), timeOf(past, number)];
  const lines = Array.from({ length: sizeOf(id) }, (_, line) => benchId('lineItem', line, digits(number)));
  return [
    { metric: 'Placed Order', uniqueId: id, time },
    ...lines.map((uniqueId) => ({ metric: 'Ordered Product', uniqueId, time: time + 1000 })),
    ...(stateOf(number) === 'Complete' ? [{ metric: 'Fulfilled Order', uniqueId: id, time }] : []),
  ];
}
