import { LRUCache } from 'lru-cache';
import pMap from 'p-map';
import type { Order } from '../../commercetools/resources/order.ts';
import { SyncError } from '../../errors.ts';
import { type Buyer, buyerOf } from '../../handlers/orders/buyer.ts';
import { placedAt } from '../../mappers/orders/context.ts';
import type { History, Reason } from '../history.ts';

/** People who are remembered: they take 30 MB. */
const REMEMBERED = 200_000;
const CONCURRENCY = 4;

/** Whose the facts of an order are, or why they are nobody's. */
export type Whose = Buyer | { reason: Reason };

/**
 * Returns the function that tells whose the facts of some orders are, by order id, as the handlers tell it of late messages: a few
 * requests for a page of orders. When it returns, Klaviyo knows the customers, unless the run repairs nothing.
 *
 * Name and address of somebody whom Klaviyo does not know are told by one order of the run: the newest of the first page that has any.
 */
export function createBuyers({ commercetools, account, live, settings, options, patience }: History) {
  /** Customers by id and guests by e-mail of whom nothing is left to be told, or who are gone. */
  const settled = new LRUCache<string, 'known' | 'gone'>({ max: REMEMBERED });

  /** Returns what has to be known of those orders whose people are not remembered. */
  async function look(orders: readonly Order[]) {
    const customerIds = orders.flatMap(({ customerId }) => customerId ?? []);
    const [customers, own] = await Promise.all([
      patience.persist(() => commercetools.customers.byIds(customerIds)),
      account.profilesByExternalId([...new Set(customerIds)]),
    ]);
    const byId = new Map(customers.map((customer) => [customer.id, customer]));
    const emails = orders.flatMap(({ customerId, customerEmail }) =>
      customerEmail && !(customerId && byId.has(customerId)) ? customerEmail : [],
    );
    const holders = await account.profilesByEmail([...new Set(emails)]);
    return {
      ...{ settings, freshness: 'old' as const, warn() {} },
      commercetools: { customers: { byId: async (id: string) => byId.get(id) } },
      profiles: {
        byExternalId: async (id: string) => own.get(id),
        byEmail: async (email: string) => holders.get(email.toLowerCase()),
      },
    };
  }

  function remembered({ customerId, customerEmail }: Order): Whose | undefined {
    const state = settled.get(keyOf({ customerId, customerEmail }));
    if (state === 'gone') return { reason: 'erased' };
    if (state === 'known')
      return { profile: customerId ? { externalId: customerId } : { email: customerEmail }, about: {}, before: [] };
    return undefined;
  }

  async function decide(order: Order, context: Awaited<ReturnType<typeof look>>): Promise<Whose> {
    const buyer = await buyerOf(order, context, 'buyer');
    // Another page may have told meanwhile.
    const told = remembered(order);
    if (told) return told;
    const isPlain = !buyer || !(order.customerId && buyer.profile.email);
    if (isPlain && (order.customerId || order.customerEmail)) settled.set(keyOf(order), buyer ? 'known' : 'gone');
    return buyer ?? { reason: order.customerId ? 'erased' : 'nobody' };
  }

  /** Has Klaviyo know a customer by id and e-mail. What it refuses of that takes nothing from the facts, whose the customer is by id. */
  async function introduce(whose: Whose): Promise<void> {
    if ('reason' in whose || whose.before.length === 0) return;
    try {
      await patience.persist(() => live.apply(whose.before));
    } catch (error) {
      if (!(error instanceof SyncError && error.retry === 'never')) throw error;
    }
  }

  return async (orders: readonly Order[]): Promise<ReadonlyMap<string, Whose>> => {
    const newestFirst = orders.toSorted((one, other) => Date.parse(placedAt(other)) - Date.parse(placedAt(one)));
    const context = await look(newestFirst.filter((order) => !remembered(order)));
    const whose = new Map<string, Whose>();
    for (const order of newestFirst) whose.set(order.id, remembered(order) ?? (await decide(order, context)));
    if (options.repair) await pMap(whose.values(), introduce, { concurrency: CONCURRENCY });
    return whose;
  };
}

const keyOf = ({ customerId, customerEmail = '' }: Pick<Order, 'customerId' | 'customerEmail'>): string =>
  customerId ?? customerEmail.toLowerCase();
