import { type Amount, TYPICAL_ORDER, type Volume } from './estimate.ts';
import type { History, Kind } from './history.ts';
import { firstDay } from './orders/reading.ts';
import { placedOrders } from './orders/which.ts';
import { weightOf } from './weight.ts';
import { changedWithin } from './window.ts';

/** What there is to do, and for whom Klaviyo makes a profile. */
export interface Survey {
  volume: Volume;
  /** How many profiles Klaviyo does not have yet, at the most. */
  newProfiles: { customers: number; guests: number };
}

type World = Pick<History, 'options' | 'settings' | 'scans' | 'account'>;

const DAY = 86_400_000;
/** How many of each are looked at. */
const SAMPLE = 500;
/** Up to which commercetools counts exactly what meets a predicate. */
const EXACT = 10_000;
const NOTHING: Amount = { all: 0, missing: 0 };

/**
 * Returns how much there is to do: by counts of both sides, and by some of each kind where Klaviyo does not count. Ids are random, so
 * some stand for all.
 */
export async function survey(world: World): Promise<Survey> {
  const counts = await world.scans.counts();
  const ifWanted = async <T>(
    kind: Kind,
    look: (world: World, count: number) => Promise<T>,
    otherwise: T,
  ): Promise<T> => (world.options.only.includes(kind) ? look(world, counts[kind]) : otherwise);

  const [categories, catalog, people, orders] = await Promise.all([
    ifWanted('categories', surveyCategories, NOTHING),
    ifWanted('products', surveyProducts, { products: NOTHING, variants: NOTHING }),
    ifWanted('customers', surveyCustomers, { customers: NOTHING, unknown: 0 }),
    ifWanted('orders', surveyOrders, { orders: NOTHING, order: TYPICAL_ORDER, days: 0, unknown: 0 }),
  ]);
  const { unknown: guests, ...placed } = orders;
  return {
    volume: { categories, ...catalog, customers: people.customers, ...placed },
    newProfiles: { customers: people.unknown, guests },
  };
}

async function surveyCategories({ scans, account }: World, count: number): Promise<Amount> {
  const sample = await take(scans.categories(), count);
  const known = await account.entries('category', idsOf(sample.some));
  return amount(sample, ({ id }) => !known.has(id));
}

async function surveyProducts({ scans, account, options }: World, count: number) {
  const sample = await take(scans.products(changedWithin(options)), count);
  const known = await account.entries('item', idsOf(sample.some));
  const products = amount(sample, ({ id }) => !known.has(id));
  const perProduct = average(sample.some.map(({ variants }) => 1 + variants.length));
  const variants = { all: Math.round(products.all * perProduct), missing: Math.round(products.missing * perProduct) };
  return { products, variants };
}

async function surveyCustomers({ scans, account, options }: World, count: number) {
  const sample = await take(scans.customers({ changed: changedWithin(options) }), count);
  const [byId, byEmail] = await Promise.all([
    account.profilesByExternalId(idsOf(sample.some)),
    account.profilesByEmail(sample.some.flatMap(({ email }) => email ?? [])),
  ]);
  const unknown = amount(sample, ({ id, email = '' }) => !byId.has(id) && !byEmail.has(email.toLowerCase()));
  return { customers: amount(sample, ({ id }) => !byId.has(id)), unknown: unknown.missing };
}

async function surveyOrders(world: World, count: number) {
  const { scans, account, options, settings } = world;
  const which = placedOrders(settings);
  const placed = { from: options.since ?? (await firstDay(world)), until: options.until };
  const metric = (await account.metricIds()).get(settings.metrics.placedOrder);
  const counted = which ? await scans.countOrders({ ...which, placed }) : 0;
  const all = counted >= EXACT && options.since === undefined ? count : counted;
  const shown = metric === undefined ? [] : (await account.countsByDay(metric, placed.from, placed.until)).values();
  const sample = await take(scans.orders({ ...which, placed }), all);
  const emails = sample.some.map(({ order }) => (order.customerId ? undefined : order.customerEmail?.toLowerCase()));
  const known = await account.profilesByEmail(emails.flatMap((email) => email ?? []));
  const strangers = new Set(emails.filter((email) => email !== undefined && !known.has(email)));
  return {
    orders: { all, missing: Math.max(0, all - sum([...shown])) },
    order: sample.some.length > 0 ? weightOf(sample.some, world) : TYPICAL_ORDER,
    days: Math.ceil((placed.until - placed.from) / DAY),
    unknown: sample.some.length > 0 ? Math.round((all * strangers.size) / sample.some.length) : 0,
  };
}

/** Some of a kind, and how many there are of it. */
interface Sample<T> {
  some: readonly T[];
  all: number;
}

/** @param count how many there are at the most */
async function take<T>(pages: AsyncIterable<T[]>, count: number): Promise<Sample<T>> {
  const some: T[] = [];
  for await (const page of pages) {
    some.push(...page);
    if (some.length >= SAMPLE) return { some, all: Math.max(count, some.length) };
  }
  return { some, all: some.length };
}

const idsOf = (some: readonly { id: string }[]): string[] => some.map(({ id }) => id);

const amount = <T>({ some, all }: Sample<T>, isMissing: (one: T) => boolean): Amount => ({
  all,
  missing: Math.round(all * average(some.map((one) => (isMissing(one) ? 1 : 0)))),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const average = (numbers: readonly number[]): number => (numbers.length > 0 ? sum(numbers) / numbers.length : 0);
