/** A profile, by the names of Klaviyo's attributes. Times are ISO 8601. */
export interface Profile {
  id: string;
  email: string | null;
  phone_number: string | null;
  external_id: string | null;
  first_name: string | null;
  last_name: string | null;
  organization: string | null;
  locale: string | null;
  title: string | null;
  image: string | null;
  location: Record<string, string | number | null>;
  properties: Record<string, unknown>;
  created: string;
  updated: string;
  last_event_date: string | null;
}

/** An event as recorded: `time` cut to the second, `unique_id` Klaviyo's default when none was sent. */
export interface KlaviyoEvent {
  id: string;
  /** When it was recorded; never the same twice. */
  created: string;
  profile_id: string;
  metric: string;
  unique_id: string;
  time: string;
  /** Major units. */
  value: number | null;
  value_currency: string | null;
  backfill: boolean;
  properties: Record<string, unknown>;
}

/** A catalog category. */
export interface Category {
  id: string;
  external_id: string;
  name: string;
  created: string;
  updated: string;
}

interface Sellable {
  id: string;
  external_id: string;
  title: string;
  description: string;
  url: string;
  /** Major units. */
  price: number | null;
  image_full_url: string | null;
  image_thumbnail_url: string | null;
  images: string[];
  custom_metadata: Record<string, unknown>;
  published: boolean;
  created: string;
  updated: string;
}

/** A catalog item. */
export interface Item extends Sellable {
  /** Ids of its categories, in the order they were given. */
  categories: string[];
}

/** A catalog variant. */
export interface Variant extends Sellable {
  sku: string;
  inventory_policy: number;
  inventory_quantity: number;
  /** Id of its item. */
  item: string;
}

/** A channel of marketing. */
export type Channel = 'email' | 'sms';

/** What is recorded of a channel, by the names of Klaviyo's attributes. Times are ISO 8601. */
export interface Marketing {
  consent: 'NEVER_SUBSCRIBED' | 'SUBSCRIBED' | 'UNSUBSCRIBED';
  consent_timestamp: string | null;
  last_updated: string | null;
  method: string | null;
  method_detail: string;
  custom_method_detail: string | null;
  double_optin: boolean | null;
  suppression: { reason: string; timestamp: string }[];
  list_suppressions: { list_id: string; reason: string; timestamp: string }[];
}

/** The consents of a profile. */
export type Subscriptions = Record<Channel, Marketing>;

/** A subscription that waits for the person to confirm it. */
interface Unconfirmed {
  profile: Profile;
  decision: { channel: Channel; list: string | undefined; source: string | null | undefined };
}

/** Something that is done a few calls later. */
interface Job {
  run(state: State): void;
  callsLeft: number;
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
  categories: Map<string, Category>;
  items: Map<string, Item>;
  variants: Map<string, Variant>;
  /** Merges of profiles that are queued, the calls that still see both counted down. */
  merges: Merge[];
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
    categories: new Map(),
    items: new Map(),
    variants: new Map(),
    merges: [],
    subscriptions: new Map(),
    lists: new Map(),
    unconfirmed: [],
    erased: [],
    jobs: [],
    mappedMetrics: new Map(USUAL_METRICS),
    arrivals: { single: 0, bulk: 0, batches: 0 },
    stamp() {
      last = Math.max(Date.now(), last + 1);
      return new Date(last).toISOString();
    },
    clear() {
      for (const map of [state.profiles, state.categories, state.items, state.variants]) map.clear();
      for (const map of [state.subscriptions, state.lists]) map.clear();
      for (const list of [state.events, state.merges, state.unconfirmed, state.erased, state.jobs]) list.length = 0;
      state.mappedMetrics = new Map(USUAL_METRICS);
      Object.assign(state.arrivals, { single: 0, bulk: 0, batches: 0 });
    },
  };
  return state;
}
