import type { PaidOrder } from '../readers/orders.ts';
import type { Category } from '../resources/category.ts';
import type { Customer } from '../resources/customer.ts';
import type { Payment } from '../resources/payment.ts';
import type { Product } from '../resources/product.ts';

/** A span of time in milliseconds since the epoch; `until` is the first moment that does not count. */
export interface Span {
  from: number;
  until: number;
}

/** Which orders; every part that is given has to hold. */
export interface OrderPredicate {
  /** When the order was placed: when it was completed where it came from, else when it was created. */
  placed?: Span;
  /** When the order was last changed. */
  changed?: Span;
  /** Of the order, or of its shipment: either is enough. */
  states?: readonly string[];
  shipmentStates?: readonly string[];
  /** Of an order that was not imported; enough as well. */
  unlessImported?: readonly string[];
  /** Whether the order was imported, and says when it was completed where it came from. */
  imported?: boolean;
}

/**
 * A commercetools project, read as a whole. Pages follow one another by id, several scans run side by side, and there is no snapshot:
 * what changes meanwhile may be seen as it was or as it is.
 */
export interface Scans {
  /** Returns how many of each there are. */
  counts(): Promise<Record<'categories' | 'products' | 'customers' | 'orders', number>>;
  /** Returns how many orders there are of the stores that are served, with somebody to whom they belong; exact below 10,000. */
  countOrders(predicate: OrderPredicate): Promise<number>;
  /** Yields categories with their ancestors expanded. */
  categories(changed?: Span): AsyncIterable<Category[]>;
  /** Yields products as they are published, with their prices selected. One of the Modular Catalog has a published variant. */
  products(changed?: Span): AsyncIterable<Product[]>;
  /** Yields customers, with their groups expanded. */
  customers(by?: { created?: Span; changed?: Span }): AsyncIterable<Customer[]>;
  /** Yields orders of the stores that are served, with their payments; without these where refunds are not synced. */
  orders(predicate: OrderPredicate): AsyncIterable<PaidOrder[]>;
  /** Yields payments with a refund in one of these states. */
  refundedPayments(states: readonly string[], changed?: Span): AsyncIterable<Payment[]>;
  /** Returns the orders of payments, of the stores that are served, each once. */
  ordersOfPayments(ids: readonly string[]): Promise<PaidOrder[]>;
}
