import type { Category, InventoryEntry, Order, Payment, Product, Review } from '@commercetools/platform-sdk';
import type { SoakCart } from './state.ts';

/** The variables of a query by name, read once: each resource is tried. */
export interface Variables {
  /** The value of one; empty where there is none. */
  of(name: string): string;
  /** Whether a value is one of a variable's. */
  has(name: string, value: string | undefined): boolean;
}

/** Tests whether a resource meets a condition, by its words. */
export type Conditions<T> = Record<string, (one: T, variables: Variables) => boolean>;

/** Returns the variables of a query. */
export function variablesOf(query: URLSearchParams): Variables {
  const values = new Map<string, string[]>();
  for (const [name, value] of query) {
    if (name.startsWith('var.')) values.set(name.slice(4), [...(values.get(name.slice(4)) ?? []), value]);
  }
  const sets = new Map([...values].map(([name, all]) => [name, new Set<string | undefined>(all)]));
  return {
    of: (name) => values.get(name)?.[0] ?? '',
    has: (name, value) => sets.get(name)?.has(value) ?? false,
  };
}

const within = (time = '', name: string, { of }: Variables) => time >= of(`${name}From`) && time < of(`${name}Until`);

/** Of any resource. */
export const COMMON: Conditions<{ id: string; createdAt?: string; lastModifiedAt?: string }> = {
  'id=:id': ({ id }, { of }) => id === of('id'),
  'id in :ids': ({ id }, { has }) => has('ids', id),
  'id > :after': ({ id }, { of }) => id > of('after'),
  'id >= :first': ({ id }, { of }) => id >= of('first'),
  'id < :next': ({ id }, { of }) => id < of('next'),
  'createdAt >= :createdFrom and createdAt < :createdUntil': ({ createdAt }, variables) =>
    within(createdAt, 'created', variables),
  'lastModifiedAt >= :changedFrom and lastModifiedAt < :changedUntil': ({ lastModifiedAt }, variables) =>
    within(lastModifiedAt, 'changed', variables),
};

const isPaidBy = ({ paymentInfo }: Order, isOne: (id: string) => boolean) =>
  paymentInfo?.payments.some(({ id }) => isOne(id)) ?? false;

export const ORDERS: Conditions<Order> = {
  'paymentInfo(payments(id=:id))': (order, { of }) => isPaidBy(order, (id) => id === of('id')),
  'paymentInfo(payments(id in :ids))': (order, { has }) => isPaidBy(order, (id) => has('ids', id)),
  '(completedAt >= :placedFrom and completedAt < :placedUntil)': ({ completedAt }, variables) =>
    within(completedAt, 'placed', variables),
  '(completedAt is not defined and createdAt >= :placedFrom and createdAt < :placedUntil)': (
    { completedAt, createdAt },
    variables,
  ) => completedAt === undefined && within(createdAt, 'placed', variables),
  'completedAt is defined': ({ completedAt }) => completedAt !== undefined,
  'completedAt is not defined': ({ completedAt }) => completedAt === undefined,
  'orderState in :states': ({ orderState }, { has }) => has('states', orderState),
  'shipmentState in :shipmentStates': ({ shipmentState }, { has }) => has('shipmentStates', shipmentState),
  '(orderState in :unlessImported and completedAt is not defined)': ({ orderState, completedAt }, { has }) =>
    completedAt === undefined && has('unlessImported', orderState),
  'customerId is defined': ({ customerId }) => customerId !== undefined,
  'customerEmail is defined': ({ customerEmail }) => customerEmail !== undefined,
};

export const PAYMENTS: Conditions<Payment> = {
  'transactions(type="Refund" and state in :states)': ({ transactions }, { has }) =>
    transactions.some(({ type, state }) => type === 'Refund' && has('states', state)),
};

export const CARTS: Conditions<SoakCart> = {
  'cartState = "Active" and origin = "Customer" and customerEmail is defined': ({ cartState }) =>
    cartState === 'Active',
  'lastModifiedAt > :from and lastModifiedAt <= :to': ({ lastModifiedAt }, { of }) =>
    lastModifiedAt > of('from') && lastModifiedAt <= of('to'),
};

export const CATEGORIES: Conditions<Category> = {
  'ancestors(id=:id)': ({ ancestors }, { of }) => ancestors.some(({ id }) => id === of('id')),
};

export const INVENTORY: Conditions<InventoryEntry> = { 'sku in :skus': ({ sku }, { has }) => has('skus', sku) };

export const REVIEWS: Conditions<Review> = {
  'target(typeId="product" and id=:id) and includedInStatistics=true and rating=5': ({ target }, { of }) =>
    target?.id === of('id'),
};

export const PRODUCTS: Conditions<Product> = {
  'masterVariant(sku=:sku)': (product, { of }) => skusOf(product).has(of('sku')),
  'variants(sku=:sku)': (product, { of }) => skusOf(product).has(of('sku')),
};

/** The SKUs of what is published of a product. */
export const skusOf = ({ masterData: { current } }: Product) =>
  new Set([current.masterVariant, ...current.variants].map(({ sku }) => sku));
