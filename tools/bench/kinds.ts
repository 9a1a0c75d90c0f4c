import { fixture } from '../../test/fixtures/index.ts';
import { UsageError } from '../operator/support/cli.ts';
import { benchId, CUSTOMERS, digits, GROUPS } from './ids.ts';
import { resource } from './resources.ts';

/** Numbers of resources that come again, so that they are known after a warm-up. */
const POOL = 20;

/** Products whose prices change. */
const PRICED = 1000;

/** A kind of message whose cost is measured. */
export interface Kind {
  name: string;
  /** What commercetools sends, as JSON; another resource for another number, or one of the pool's. */
  notification(number: number): string;
  /** How many messages touch everything that comes again. */
  pool: number;
  /** Asked for before, so that Klaviyo knows what the messages are about. */
  prepare?: Kind;
}

const of = (typeId: string, id: string) => ({ typeId, id });

const message = (name: string, about: ReturnType<typeof of>, payload = '') => {
  const { resourceUserProvidedIdentifiers, customer, order, productProjection, ...envelope } = fixture(name);
  return JSON.stringify({ ...envelope, resource: about }).replace(/}$/, `${payload}}`);
};

/** OrderCreated with so many lines; of a known customer, of products that orders share, unless told otherwise. */
export function orderCreated(number: number, lines: number, customer?: number, group?: number): string {
  const id = benchId('order', lines, digits(number));
  return message('OrderCreated', of('order', id), `,"order":${resource.order(id, { group, customer })}`);
}

/** ResourceUpdated of one of 1000 products, each time with another price. */
export const priceChanged = (number: number): string =>
  message('ResourceUpdated.product', of('product', benchId('product', 5, digits(number % PRICED))));

const order = (name: string, lines: number, groupOf?: (number: number) => number, customer?: number): Kind => ({
  name,
  pool: GROUPS,
  notification: (number) => orderCreated(number, lines, customer, groupOf?.(number)),
});

const product = (variants: number): Kind => ({
  name: `product-${variants}`,
  pool: POOL,
  notification(number) {
    const id = benchId('product', variants, digits(number % POOL));
    const payload = `,"productProjection":${resource.product(id, false)}`;
    return message('ProductPublished', of('product', id), payload);
  },
});

const single = product(1);
const several = product(5);

/** The kind that is quickest to do, good for a first message: any number is a new customer. */
export const CUSTOMER_CREATED: Kind = {
  name: 'customer-created',
  pool: 0,
  notification(number) {
    const id = benchId('customer', CUSTOMERS.new, digits(number));
    return message('CustomerCreated', of('customer', id), `,"customer":${resource.customer(id)}`);
  },
};

/** Every kind, in the order of the table. */
export const KINDS: readonly Kind[] = [
  CUSTOMER_CREATED,
  {
    name: 'customer-updated',
    pool: POOL,
    notification: (number) =>
      message('ResourceUpdated.customer', of('customer', benchId('customer', CUSTOMERS.new, digits(number % POOL)))),
  },
  order('order-1', 1),
  order('order-4', 4),
  order('order-4-new-customer', 4, undefined, CUSTOMERS.strange),
  // Products that no message was about before: nothing kept from one message helps the next.
  order('order-4-cold', 4, (number) => GROUPS + number),
  order('order-50', 50),
  single,
  several,
  product(100),
  {
    // Edited without any change of what is published, which is what most updates are.
    name: 'product-edited',
    pool: POOL,
    prepare: several,
    notification: (number) =>
      message('ResourceUpdated.product', of('product', benchId('product', 5, digits(number % POOL)))),
  },
  {
    name: 'inventory',
    pool: POOL,
    prepare: single,
    notification: (number) =>
      message('ResourceUpdated.inventory-entry', of('inventory-entry', benchId('entry', 1, digits(number % POOL)))),
  },
  {
    name: 'refund',
    pool: GROUPS,
    notification: (number) => message('PaymentTransactionAdded', of('payment', benchId('payment', 1, digits(number)))),
  },
];

/**
 * The kinds of the given names or beginnings of names: `order` takes every order, `product-1` only itself.
 *
 * @throws UsageError when a name fits none
 */
export function kindsOf(names: readonly string[]): Kind[] {
  const fits = (name: string) => (kind: Kind) => kind.name === name || kind.name.startsWith(`${name}-`);
  const unfit = names.find((name) => !KINDS.some(fits(name)));
  if (unfit !== undefined) throw new UsageError(`no kind is ${unfit}: ${KINDS.map(({ name }) => name).join(', ')}`);
  return KINDS.filter((kind) => names.some((name) => fits(name)(kind)));
}
