import type { Order } from '../commercetools/resources/order.ts';
import type { Settings } from '../config/settings.ts';
import { placedAt } from '../mappers/orders/context.ts';
import { toOrderedProduct } from '../mappers/orders/line-item.ts';
import { toOrderEvent } from '../mappers/orders/order.ts';
import { type Amount, TYPICAL_ORDER, type Volume } from './estimate.ts';
import type { History, Kind } from './history.ts';

/** What there is to do, and for whom Klaviyo makes a profile. */
export interface Survey {
  volume: Volume;
  /** How many profiles Klaviyo does not have yet, at the most. */
  newProfiles: { customers: number; guests: number };
}

const DAY = 86_400_000;
/** How far to look back for what Klaviyo has, where nobody says since when. */
const YEARS = 10;
const NOTHING: Amount = { all: 0, missing: 0 };

/**
 * Returns how much there is to do: by counts of both sides, and by a page of each kind where Klaviyo does not count. Ids are random, so
 * that a page stands for all.
 */
export async function survey(history: History): Promise<Survey> {
  const counts = await history.scans.counts();
  const { only, since, until } = history.options;
  const ifWanted = async <T>(kind: Kind, look: (count: number) => Promise<T>, otherwise: T): Promise<T> =>
    only.includes(kind) ? look(counts[kind]) : otherwise;

  const [categories, catalog, people, orders] = await Promise.all([
    ifWanted('categories', (count) => surveyCategories(history, count), NOTHING),
    ifWanted('products', (count) => surveyProducts(history, count), { products: NOTHING, variants: NOTHING }),
    ifWanted('customers', (count) => surveyCustomers(history, count), { customers: NOTHING, unknown: 0 }),
    ifWanted('orders', (count) => surveyOrders(history, count), { orders: NOTHING, order: TYPICAL_ORDER, unknown: 0 }),
  ]);
  const days = Math.ceil((until - (since ?? until - YEARS * 365 * DAY)) / DAY);
  return {
    volume: { categories, ...catalog, customers: people.customers, orders: orders.orders, order: orders.order, days },
    newProfiles: { customers: people.unknown, guests: orders.unknown },
  };
}

async function surveyCategories({ scans, account }: History, count: number): Promise<Amount> {
  const page = idsOf(await firstPage(scans.categories()));
  return amount(count, page, await account.entries('category', page));
}

async function surveyProducts({ scans, account }: History, count: number) {
  const page = await firstPage(scans.products());
  const ids = idsOf(page);
  const products = amount(count, ids, await account.entries('item', ids));
  const perProduct = average(page.map(({ variants }) => 1 + variants.length));
  const variants = { all: Math.round(products.all * perProduct), missing: Math.round(products.missing * perProduct) };
  return { products, variants };
}

async function surveyCustomers({ scans, account }: History, count: number) {
  const page = await firstPage(scans.customers());
  const ids = idsOf(page);
  const [byId, byEmail] = await Promise.all([
    account.profilesByExternalId(ids),
    account.profilesByEmail(page.flatMap(({ email }) => email ?? [])),
  ]);
  const isUnknown = page.map(({ id, email = '' }) => (byId.has(id) || byEmail.has(email.toLowerCase()) ? 0 : 1));
  return { customers: amount(count, ids, byId), unknown: Math.round(count * average(isUnknown)) };
}

async function surveyOrders({ scans, account, options, settings }: History, count: number) {
  const { since, until } = options;
  const from = since ?? until - YEARS * 365 * DAY;
  const placed = (await account.metricIds()).get(settings.metrics.placedOrder);
  const [all, known, page] = await Promise.all([
    since === undefined ? count : scans.countOrders({ placed: { from, until } }),
    placed === undefined ? new Map<string, number>() : account.countsByDay(placed, from, until),
    firstPage(scans.orders({ placed: { from, until } })),
  ]);
  const missing = Math.max(0, all - [...known.values()].reduce((sum, one) => sum + one, 0));
  const emails = page.map(({ order }) => (order.customerId ? undefined : order.customerEmail?.toLowerCase()));
  const shown = await account.profilesByEmail(emails.flatMap((email) => email ?? []));
  const isUnknown = emails.map((email) => (email === undefined || shown.has(email) ? 0 : 1));
  return {
    orders: { all, missing },
    order:
      page.length > 0
        ? weightOf(
            page.map(({ order }) => order),
            settings,
          )
        : TYPICAL_ORDER,
    unknown: Math.round(missing * average(isUnknown)),
  };
}

/** Returns what orders amount to on average, without what their products are read for. */
function weightOf(orders: readonly Order[], settings: Settings): Volume['order'] {
  const { fulfilledStates, cancelledStates } = settings.orders;
  const context = { settings, breadcrumbs: new Map<string, string[]>(), discountCodes: [], historyEnds: 0 };
  const events = orders.map((order) => {
    const facts = { metric: settings.metrics.placedOrder, time: placedAt(order) };
    const placed = toOrderEvent(order, {}, facts, context);
    const isEnded = [...fulfilledStates, ...cancelledStates].includes(order.orderState);
    return [
      placed,
      ...order.lineItems.map((item) => toOrderedProduct(item, order, {}, context)),
      ...(isEnded ? [placed] : []),
    ];
  });
  return {
    events: average(events.map(({ length }) => length)),
    bytes: average(events.map((some) => Buffer.byteLength(JSON.stringify(some)))),
  };
}

async function firstPage<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  for await (const page of pages) return page;
  return [];
}

const idsOf = (page: readonly { id: string }[]): string[] => page.map(({ id }) => id);

/** Returns how many of all are missing, if so many are as of a page. */
const amount = (all: number, page: readonly string[], known: ReadonlyMap<string, unknown>): Amount => ({
  all,
  missing: Math.round(all * average(page.map((id) => (known.has(id) ? 0 : 1)))),
});

const average = (numbers: readonly number[]): number =>
  numbers.length > 0 ? numbers.reduce((sum, one) => sum + one, 0) / numbers.length : 0;
