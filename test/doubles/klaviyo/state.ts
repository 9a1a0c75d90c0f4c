import type {
  BulkJob,
  Category,
  Channel,
  Item,
  KlaviyoEvent,
  Metric,
  Profile,
  Subscriptions,
  Variant,
} from './records.ts';

export type * from './records.ts';

/** A subscription that waits for the person to confirm it. */
interface Unconfirmed {
  profile: Profile;
  decision: { channel: Channel; list: string | undefined; source: string | null | undefined };
}

/** Something that is done a few calls, or some time, later. */
interface Job {
  run(state: State): void;
  callsLeft: number;
  /** In milliseconds of `performance.now()`. */
  dueAt: number;
}

/** A profile that is to become part of another. */
interface Merge {
  source: string;
  destination: string;
  callsLeft: number;
}

/** How the recorded events came: in calls of their own, or in so many bulk requests. */
export interface Arrivals {
  single: number;
  bulk: number;
  batches: number;
}

/** All the stand-in knows. Catalog maps are keyed by external id. */
export interface State {
  profiles: Map<string, Profile>;
  events: KlaviyoEvent[];
  /** Those that an event was ever recorded of, by id. */
  metrics: Map<string, Metric>;
  categories: Map<string, Category>;
  items: Map<string, Item>;
  variants: Map<string, Variant>;
  /** Merges of profiles that are queued, the calls that still see both counted down. */
  merges: Merge[];
  /** Ids of the profiles that others were merged into, by the ids of those. */
  merged: Map<string, string>;
  /** Consents, by the id of the profile; of nobody who never gave or withdrew one. */
  subscriptions: Map<string, Subscriptions>;
  /** Ids of profiles, by the id of the list that they are on. */
  lists: Map<string, Set<string>>;
  /** Subscriptions that were asked for and wait to be confirmed: double opt-in. */
  unconfirmed: Unconfirmed[];
  /** Profiles that were erased, as they were. */
  erased: Profile[];
  /** What is queued. */
  jobs: Job[];
  /** Jobs that write many things, by id, also those that are over. */
  bulkJobs: Map<string, BulkJob>;
  /** Profiles by what they are recognized by; ask `holders`, which knows what is out of date. */
  holders: Map<string, Profile>;
  /** What takes back the changes of a request that may still be refused; undefined where nothing may have to be taken back. */
  undo: (() => void)[] | undefined;
  /** The metric by its name that each use of metrics is mapped to; null for none. */
  mappedMetrics: Map<string, string | null>;
  arrivals: Arrivals;
  /** The time now, ISO 8601; never the same twice, so that it orders what is created within one millisecond. */
  stamp(): string;
  clear(): void;
}

/** How an account is mapped whose metrics have the usual names. */
const USUAL_METRICS: readonly [string, string | null][] = [
  ['revenue', 'Placed Order'],
  ['ordered_product', 'Ordered Product'],
  ['cancelled_sales', 'Cancelled Order'],
  ['refunded_sales', 'Refunded Order'],
  ['started_checkout', 'Started Checkout'],
  ['added_to_cart', null],
  ['viewed_product', null],
];

/** Gives an account without any data. */
export function createState(): State {
  let last = 0;
  const state: State = {
    profiles: new Map(),
    events: [],
    metrics: new Map(),
    categories: new Map(),
    items: new Map(),
    variants: new Map(),
    merges: [],
    merged: new Map(),
    subscriptions: new Map(),
    lists: new Map(),
    unconfirmed: [],
    erased: [],
    jobs: [],
    bulkJobs: new Map(),
    holders: new Map(),
    undo: undefined,
    mappedMetrics: new Map(USUAL_METRICS),
    arrivals: { single: 0, bulk: 0, batches: 0 },
    stamp() {
      last = Math.max(Date.now(), last + 1);
      return new Date(last).toISOString();
    },
    clear() {
      for (const map of [state.profiles, state.categories, state.items, state.variants]) map.clear();
      for (const map of [state.merged, state.bulkJobs, state.metrics, state.subscriptions, state.lists, state.holders])
        map.clear();
      for (const list of [state.events, state.merges, state.unconfirmed, state.erased, state.jobs]) list.length = 0;
      state.mappedMetrics = new Map(USUAL_METRICS);
      Object.assign(state.arrivals, { single: 0, bulk: 0, batches: 0 });
    },
  };
  return state;
}
