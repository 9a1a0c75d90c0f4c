import { LRUCache } from 'lru-cache';
import pMap from 'p-map';
import type { Customer } from '../../commercetools/resources/customer.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import { SyncError } from '../../errors.ts';
import { type Buyer, buyerOf } from '../../handlers/orders/buyer.ts';
import { placedAt } from '../../mappers/orders/context.ts';
import { adjustedWrites } from '../adjusted.ts';
import type { History, Reason } from '../history.ts';

/** People who are remembered: they take 30 MB. */
const REMEMBERED = 200_000;
const CONCURRENCY = 4;

/** Whose the facts of an order are, or why they are nobody's. */
type Whose = Buyer | { reason: Reason };

type Customers = ReadonlyMap<string, Customer>;

/** Tells whose the facts of orders are. */
export interface Buyers {
  /**
   * Returns whose the facts of some orders are, by order id, as the handlers tell it of late messages: a few requests for a page of
   * orders. When it returns, Klaviyo knows the customers, unless the run repairs nothing.
   *
   * Name and address of somebody whom Klaviyo does not know are told by one order of the run: the newest of the first page that has any.
   */
  of(orders: readonly Order[]): Promise<ReadonlyMap<string, Whose>>;
  /** Forgets what Klaviyo knows of the buyers of some orders: what told of them may be lost. */
  forget(orders: readonly Order[]): void;
}

/** Returns what tells whose the facts of orders are. */
export function createBuyers(history: History): Buyers {
  const { commercetools, account, live, settings, options, patience } = history;
  /** Customers by id and guests by e-mail of whom nothing is left to be told, or who are gone. */
  const settled = new LRUCache<string, 'known' | 'gone'>({ max: REMEMBERED });

  /** Whether a customer is still there is asked each time: an event must not make the profile anew of somebody who was erased. */
  async function read(orders: readonly Order[]): Promise<Customers> {
    const ids = orders.flatMap(({ customerId }) => customerId ?? []);
    const customers = await patience.persist(() => commercetools.customers.byIds(ids));
    return new Map(customers.map((customer) => [customer.id, customer]));
  }

  function remembered({ customerId, customerEmail }: Order, customers: Customers): Whose | undefined {
    const state = settled.get(keyOf({ customerId, customerEmail }));
    if (state === 'gone') return { reason: 'erased' };
    if (state === undefined || (customerId && !customers.has(customerId))) return undefined;
    return { profile: customerId ? { externalId: customerId } : { email: customerEmail }, about: {}, before: [] };
  }

  /** Returns what `buyerOf` asks, with what Klaviyo knows of the people of some orders. */
  async function contextOf(orders: readonly Order[], customers: Customers) {
    const ids = orders.flatMap(({ customerId }) => customerId ?? []);
    const emails = orders.flatMap(({ customerId, customerEmail }) =>
      customerEmail && !(customerId && customers.has(customerId)) ? customerEmail : [],
    );
    const [own, holders] = await Promise.all([
      account.profilesByExternalId([...new Set(ids)]),
      account.profilesByEmail([...new Set(emails)]),
    ]);
    return {
      ...{ settings, freshness: 'old' as const, warn() {} },
      commercetools: { customers: { byId: async (id: string) => customers.get(id) } },
      profiles: {
        byExternalId: async (id: string) => own.get(id),
        byEmail: async (email: string) => holders.get(email.toLowerCase()),
      },
    };
  }

  async function decide(order: Order, context: Awaited<ReturnType<typeof contextOf>>): Promise<Whose> {
    const buyer = await buyerOf(order, context, 'buyer');
    const isPlain = !buyer || !(order.customerId && buyer.profile.email);
    if (isPlain && (order.customerId || order.customerEmail)) settled.set(keyOf(order), buyer ? 'known' : 'gone');
    return buyer ?? { reason: order.customerId ? 'erased' : 'nobody' };
  }

  /** Has Klaviyo know a customer by id and e-mail. What it refuses of that takes nothing from the facts, whose the customer is by id. */
  async function introduce(whose: Whose): Promise<void> {
    if ('reason' in whose || whose.before.length === 0) return;
    try {
      const before = adjustedWrites(history, whose.before);
      await patience.persist(() => live.apply(before));
    } catch (error) {
      if (!(error instanceof SyncError && error.retry === 'never')) throw error;
    }
  }

  return {
    async of(orders) {
      const newestFirst = orders.toSorted((one, other) => Date.parse(placedAt(other)) - Date.parse(placedAt(one)));
      const customers = await read(newestFirst);
      const unknown = newestFirst.filter((order) => !remembered(order, customers));
      const context = await contextOf(unknown, customers);
      const whose = new Map<string, Whose>();
      // Another page may have told of somebody meanwhile.
      for (const order of newestFirst)
        whose.set(order.id, remembered(order, customers) ?? (await decide(order, context)));
      if (options.repair) await pMap(whose.values(), introduce, { concurrency: CONCURRENCY });
      return whose;
    },

    forget(orders) {
      for (const order of orders) settled.delete(keyOf(order));
    },
  };
}

const keyOf = ({ customerId, customerEmail = '' }: Pick<Order, 'customerId' | 'customerEmail'>): string =>
  customerId ?? customerEmail.toLowerCase();
