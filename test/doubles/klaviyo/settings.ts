/** What tests may switch while the stand-in runs. */
export interface Settings {
  /** Whether PATCH of an item replaces its categories; by default it adds to them. Unverified against Klaviyo. */
  patchReplacesCategories: boolean;
  /**
   * Whose event it is when its e-mail and its external id belong to two profiles: the e-mail's, the id's, or nobody's (409).
   * Unverified against Klaviyo, so what must be right is tried under each.
   */
  eventIdentity: EventIdentity;
  /** Whether a bulk request that is refused names the bad entries, as Klaviyo has been seen to do. Unverified for repeated ids. */
  bulkPointers: boolean;
  /**
   * Whether a bulk request is also refused for a unique_id that is stored, and not only for one that is repeated inside; by
   * default the stored one wins, as in a single call. Unverified against Klaviyo.
   */
  bulkRefusesStored: boolean;
  /** How many of the following calls are answered before the events of a bulk request are recorded. */
  bulkEventLag: number;
  /** How many milliseconds pass at most before that; by chance. */
  bulkEventDelay: number;
  /** Which share of the bulk requests of events is answered 202, and lost. */
  bulkEventLoss: number;
  /** How many of the following calls still see both profiles of a merge, which Klaviyo queues. */
  mergeLag: number;
  /** How many of the following calls are answered before what Klaviyo queues is carried out: a consent, an erasure, a job. */
  jobLag: number;
  /** How many milliseconds pass at most before that; by chance. */
  jobDelay: number;
  /** Which share of a job's entries fails for no reason. */
  jobFailures: number;
  /** How Klaviyo refuses a job when too many of its kind are in progress. Unverified against Klaviyo. */
  jobLimitStatus: 400 | 429;
  /** Whose profile an import writes when e-mail and external id belong to two; none's is a failed entry. Unverified. */
  importIdentity: EventIdentity;
  /**
   * Whether a phone number alone decides in an import whose profile it is, which then takes over that profile; the entry fails
   * otherwise. Unverified against Klaviyo.
   */
  importMatchesPhones: boolean;
  /** Whether a bad value refuses an import as a whole; by default its entry fails in the job. Unverified against Klaviyo. */
  importChecksFirst: boolean;
  /** Chance: a number from 0 up to 1, each time it is asked. */
  random: () => number;
  /** Whether who is subscribed has to confirm it: double opt-in, of all lists. */
  doubleOptIn: boolean;
  /** Whether the properties of an event that is listed tell its unique_id, as `$event_id`. Unverified against Klaviyo. */
  showsEventId: boolean;
  /**
   * How many years ago the time may begin that events are counted in; any number by default. It was 5 in older documents of
   * Klaviyo's.
   */
  aggregateYears: number;
  /** What the key may do, such as `profiles:write`; everything by default. */
  scopes: 'all' | readonly string[];
  /** Whether the account says that it is one for tests. */
  isTestAccount: boolean;
}

/** The answers that Klaviyo may give to an event of two profiles. */
export const EVENT_IDENTITIES = ['email', 'external_id', 'refused'] as const;

export type EventIdentity = (typeof EVENT_IDENTITIES)[number];

const DEFAULTS: Settings = {
  patchReplacesCategories: false,
  eventIdentity: 'external_id',
  bulkPointers: true,
  bulkRefusesStored: false,
  bulkEventLag: 0,
  bulkEventDelay: 0,
  bulkEventLoss: 0,
  mergeLag: 1,
  jobLag: 0,
  jobDelay: 0,
  jobFailures: 0,
  jobLimitStatus: 429,
  importIdentity: 'external_id',
  importMatchesPhones: true,
  importChecksFirst: false,
  random: Math.random,
  doubleOptIn: false,
  showsEventId: true,
  aggregateYears: Number.POSITIVE_INFINITY,
  scopes: 'all',
  isTestAccount: true,
};

/** Returns the settings that are given, and the usual ones for the rest. */
export function settingsOf(given: Partial<Settings>): Settings {
  const named = Object.entries(given).filter(([name, value]) => Object.hasOwn(DEFAULTS, name) && value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(named) };
}
