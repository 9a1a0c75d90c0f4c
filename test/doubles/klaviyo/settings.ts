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
  /** How many of the following calls still see both profiles of a merge, which Klaviyo queues. */
  mergeLag: number;
  /** How many of the following calls are answered before a consent or an erasure, which Klaviyo queues, is carried out. */
  jobLag: number;
  /** Whether who is subscribed has to confirm it: double opt-in, of all lists. */
  doubleOptIn: boolean;
  /** Whether the properties of an event that is listed tell its unique_id, as `$event_id`. Unverified against Klaviyo. */
  showsEventId: boolean;
  /**
   * How many years ago the time may begin that events are counted in; any number by default. It was 5 in older documents of
   * Klaviyo's.
   */
  aggregateYears: number;
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
  mergeLag: 1,
  jobLag: 0,
  doubleOptIn: false,
  showsEventId: true,
  aggregateYears: Number.POSITIVE_INFINITY,
  isTestAccount: true,
};

/** Returns the settings that are given, and the usual ones for the rest. */
export function settingsOf(given: Partial<Settings>): Settings {
  const named = Object.entries(given).filter(([name, value]) => Object.hasOwn(DEFAULTS, name) && value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(named) };
}
