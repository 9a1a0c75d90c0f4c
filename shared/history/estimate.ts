import { PROFILES_A_JOB } from '../klaviyo/bulk/imports.ts';
import { EVENTS_A_REQUEST } from '../klaviyo/writers/event-bulk.ts';
import { FEW } from './batches.ts';
import type { Kind, Options } from './history.ts';

/** How many of something there are, and how many of those are to be written. */
export interface Amount {
  all: number;
  missing: number;
}

/** What a run has to do with. */
export interface Volume extends Record<Kind | 'variants', Amount> {
  /** What an order amounts to on average: how many events, and how many bytes all of these have. */
  order: { events: number; bytes: number };
  /** Days of history. */
  days: number;
}

/** What a part of a run costs. */
export interface Effort {
  /** Calls to Klaviyo. */
  requests: number;
  /** What is sent, in units of 10⁹ bytes. */
  gigabytes: number;
  hours: number;
}

/** What is known of a run beside its volume. */
export interface Pace extends Pick<Options, 'only' | 'repair' | 'exact' | 'lookAgain'> {
  /** The share of Klaviyo's limits that a run takes; of limits that live traffic needs too, at most a half. */
  share: number;
}

/** An order of 3.5 lines that was placed and fulfilled, with default settings. */
export const TYPICAL_ORDER = { events: 5.5, bytes: 48_000 };
/** The same without the properties of the order itself, `orders.properties.include: []`. */
export const SLIM_ORDER = { events: 5.5, bytes: 17_500 };

/** Calls of one kind. Limits a minute are those of https://developers.klaviyo.com/en/reference/api_overview */
interface Calls {
  calls: number;
  perMinute: number;
  /** Whether live traffic makes such calls, too. */
  isShared?: boolean;
  bytes?: number;
  /** Minutes that Klaviyo works on what was asked for, where that is known to be long. */
  minutes?: number;
}

/** Of a page. */
const EVENTS = 1000;
/** Profiles or entries of the catalog of a page, and entries of a job. */
const PAGE = 100;
/** Bytes. */
const PROFILE = 700;
const ENTRY = 1500;
/** Jobs that a run has in progress at once. Klaviyo takes 500 of each kind. */
const AT_ONCE = { categories: 20, items: 60, variants: 240 };
/** What a job of the catalog has been seen to take at the most. */
const JOB_MINUTES = 4.5;
/** Calls of a category, an item or a variant that goes the way of live traffic. */
const LIVE_CALLS = 3;
/** The metrics that are counted: placed, ordered, fulfilled, cancelled, refunded. */
const METRICS = 5;
/** What one call for the days' counts spans. */
const COUNTED_DAYS = 365;

/**
 * Returns what each kind costs at the most, from how much there is and Klaviyo's limits. Reading commercetools is left out: Klaviyo
 * is slower.
 */
export function estimate(volume: Volume, pace: Pace): Record<Kind, Effort> {
  const { categories, products, variants, customers, orders, order, days } = volume;
  const { only, repair, exact, lookAgain } = pace;
  const toWrite = ({ missing }: Amount) => (repair ? missing : 0);
  const effortOf = (kind: Kind, parts: readonly Calls[]) => sumOf(pace, only.includes(kind) ? parts : []);
  return {
    categories: effortOf('categories', [
      catalogPages(categories.all),
      catalogJobs(toWrite(categories), AT_ONCE.categories),
    ]),
    products: effortOf('products', [
      catalogPages(products.all),
      catalogPages(variants.all),
      // Which items are in which category is asked of each category.
      catalogPages(products.all, categories.all),
      catalogJobs(toWrite(products), AT_ONCE.items),
      catalogJobs(toWrite(variants), AT_ONCE.variants),
    ]),
    customers: effortOf('customers', [
      profilePages(customers.all),
      // Who is not found by the id is looked for by the e-mail.
      profilePages(customers.missing),
      profileJobs(toWrite(customers)),
    ]),
    orders: effortOf('orders', [
      { calls: METRICS * Math.ceil(days / COUNTED_DAYS), perMinute: 60 },
      eventPages(exact ? orders.all * order.events : 0),
      eventJobs(toWrite(orders), order),
      { calls: 0, perMinute: 1, minutes: toWrite(orders) > 0 ? sum(lookAgain) : 0 },
    ]),
  };
}

/** Returns the hours of a whole run: products and customers go side by side. */
export const hoursOfAll = ({ categories, products, customers, orders }: Record<Kind, Effort>): number =>
  categories.hours + Math.max(products.hours, customers.hours) + orders.hours;

function sumOf({ share }: Pace, parts: readonly Calls[]): Effort {
  const minutes = parts.map(({ calls, perMinute, isShared, minutes = 0 }) =>
    Math.max(calls / (perMinute * (isShared ? Math.min(share, 0.5) : share)), minutes),
  );
  return {
    requests: sum(parts.map(({ calls }) => calls)),
    gigabytes: sum(parts.map(({ bytes = 0 }) => bytes)) / 1e9,
    hours: sum(minutes) / 60,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** @param least calls that are made even for nothing */
const catalogPages = (count: number, least = 0): Calls => ({
  calls: least + Math.ceil(count / PAGE),
  perMinute: 3500,
  isShared: true,
});

function catalogJobs(count: number, atOnce: number): Calls {
  const bytes = count * ENTRY;
  if (count <= FEW) return { calls: LIVE_CALLS * count, perMinute: 750, isShared: true, bytes };
  const calls = Math.ceil(count / PAGE);
  return { calls, perMinute: 750, bytes, minutes: Math.ceil(calls / atOnce) * JOB_MINUTES };
}

const profilePages = (count: number): Calls => ({ calls: Math.ceil(count / PAGE), perMinute: 750, isShared: true });

/** @param most items, and bytes, of a request */
const inBulk = (count: number, bytes: number, most: { items: number; weight: number }): Calls => ({
  calls: Math.ceil(Math.max(count / most.items, bytes / most.weight)),
  perMinute: 150,
  bytes,
});

const profileJobs = (count: number): Calls => inBulk(count, count * PROFILE, PROFILES_A_JOB);

const eventPages = (count: number): Calls => ({ calls: Math.ceil(count / EVENTS), perMinute: 3500, isShared: true });

const eventJobs = (orders: number, { events, bytes }: Volume['order']): Calls =>
  inBulk(orders * events, orders * bytes, EVENTS_A_REQUEST);
