import { randomInt, randomUUID } from 'node:crypto';
import type { Address, Cart, Customer, LineItem, Order } from '@commercetools/platform-sdk';
import { euros } from '../../../soak/shop/order-facts.ts';
import { firstSeeded } from '../../../soak/shop/seeded.ts';
import type { Buyer, WantedLine } from '../../api.ts';
import { ProblemError } from '../http/problem.ts';
import { type Good, goodsOf } from './goods.ts';
import type { Market } from './market.ts';

const seed = firstSeeded('order');
const [seedLine] = seed.lineItems;
const seedCart = firstSeeded('cart');

/** Any of a list. Throws of an empty one. */
export function anyOf<T>(list: readonly T[]): T {
  const one = list[randomInt(Math.max(1, list.length))];
  if (one === undefined) throw new ProblemError(409, 'The shop has nothing to choose from.');
  return one;
}

/** Somebody who buys, as an order and a cart say it. */
type Buying = Pick<Order, 'customerId' | 'customerEmail' | 'billingAddress' | 'shippingAddress' | 'locale'>;

/** What a merchant has to sell, and to whom: read once for many orders. */
export interface Stall {
  customers: Customer[];
  goods: Good[];
}

/** Reads what there is. */
export async function stallOf(market: Pick<Market, 'all'>): Promise<Stall> {
  const [customers, goods] = await Promise.all([market.all('customer'), goodsOf(market)]);
  return {
    customers,
    goods: goods.filter(({ product, cents }) => product.masterData.published && cents !== undefined),
  };
}

let guests = 0;

function buyingOf({ customers }: Stall, { customerId, email }: Buyer): Buying {
  if (customerId === undefined && (email !== undefined || customers.length === 0)) return guest(email);
  const customer = customerId === undefined ? anyOf(customers) : customers.find(({ id }) => id === customerId);
  if (!customer) throw new ProblemError(404, `There is no customer ${customerId}.`, 'customerId');
  const { id, addresses, defaultBillingAddressId } = customer;
  const address = addresses.find((one) => one.id === defaultBillingAddressId) ?? addresses[0];
  const places = { billingAddress: address, shippingAddress: address };
  return { customerId: id, customerEmail: customer.email, locale: customer.locale, ...places };
}

function guest(email?: string): Buying {
  guests += 1;
  const address: Address = { ...seed.billingAddress, country: 'DE', firstName: 'Mila', lastName: `Gast ${guests}` };
  const places = { billingAddress: address, shippingAddress: address };
  // Said, although there is none: the order is made like one of a customer.
  return { customerId: undefined, customerEmail: email ?? `guest.${guests}@example.org`, locale: 'de-DE', ...places };
}

function lineOf({ goods }: Stall, { sku, quantity = 1 }: WantedLine): LineItem {
  const good = goods.find((one) => one.sku === sku);
  if (!good)
    throw new ProblemError(409, `${sku} is not for sale: nothing published has this SKU and a price.`, 'lines');
  const { product, variant, cents = 0 } = good;
  const { name, slug } = product.masterData.current;
  // A line of a real order has no prices of other countries either, once it is placed.
  const { prices, availability, ...rest } = variant;
  return {
    ...(seedLine as LineItem),
    ...{ id: randomUUID(), productId: product.id, productKey: product.key, name, productSlug: slug, quantity },
    ...{ variant: rest, price: { id: randomUUID(), value: euros(cents) }, totalPrice: euros(cents * quantity) },
    ...{ taxedPrice: undefined, taxRate: undefined, state: [] },
  };
}

/** What is bought, and by whom: whatever is left out is chosen. */
export function purchaseOf(stall: Stall, { lines, ...buyer }: Buyer & { lines?: WantedLine[] }) {
  const wanted = lines ?? [{ sku: anyOf(stall.goods).sku, quantity: 1 + randomInt(2) }];
  const lineItems = wanted.map((line) => lineOf(stall, line));
  const cents = lineItems.reduce((sum, { totalPrice }) => sum + totalPrice.centAmount, 0);
  return { ...buyingOf(stall, buyer), lineItems, totalPrice: euros(cents) };
}

/** Gives an order that is placed now. */
export function newOrder(purchase: ReturnType<typeof purchaseOf>, orderNumber: string): Order {
  const now = new Date().toISOString();
  return {
    ...seed,
    ...{ id: randomUUID(), version: 1, orderNumber, createdAt: now, lastModifiedAt: now, ...purchase },
    ...{ taxedPrice: undefined, taxedShippingPrice: undefined, cart: undefined, store: undefined },
  };
}

/** Gives a cart that was left now. */
export function newCart(purchase: ReturnType<typeof purchaseOf>): Cart {
  const now = new Date().toISOString();
  return {
    ...seedCart,
    ...{ id: randomUUID(), version: 1, createdAt: now, lastModifiedAt: now, store: undefined, ...purchase },
  };
}
