import type { Written } from '../json.ts';
import type { KnownProfile } from '../profiles.ts';
import type { ListEntry } from '../writers/answers.ts';
import type { CatalogCategory, CatalogItem, CatalogVariant, Event, Profile, ProfileReference } from '../writes.ts';

/** Events of one profile, which travel together. */
export interface EventGroup {
  profile: ProfileReference;
  events: readonly GroupedEvent[];
}

/** An event of a group. Its properties are written out: many groups wait for Klaviyo, and each is weighed before it is sent. */
export interface GroupedEvent extends Omit<Event, 'profile' | 'properties'> {
  properties: Written;
}

/** A profile as Klaviyo shows it: what it is recognized by, and its attributes by Klaviyo's names. */
export interface ShownProfile extends KnownProfile {
  attributes: Readonly<Record<string, unknown>>;
}

/** One event to be looked for. */
export interface EventKey {
  metricId: string;
  profile: ProfileReference;
  uniqueId: string;
  /**
   * When it happened, ISO 8601: what finds an event that is another profile's by now, and tells one where Klaviyo does not show unique
   * ids.
   */
  time?: string;
}

/** What jobs write into the catalog, and in which order it has to be there. */
export interface CatalogEntries {
  category: CatalogCategory;
  item: CatalogItem;
  /** A variant with the id of its item. */
  variant: CatalogVariant & { itemId: string };
}

/**
 * A Klaviyo account in bulk. Times are milliseconds since the epoch of which whole seconds count, as Klaviyo keeps no more; `until` is
 * the first second that does not count.
 */
export interface Account {
  /** Returns the ids of the API's metrics by name. Other integrations may have metrics of the same name. */
  metricIds(): Promise<ReadonlyMap<string, string>>;
  /** Returns how many events of a metric there are on each day in UTC, such as `2026-03-31`; days without any are left out. */
  countsByDay(metricId: string, from: number, until: number): Promise<ReadonlyMap<string, number>>;
  /** Yields the times of events, in seconds since the epoch, page by page. */
  seconds(metricId: string, from: number, until: number): AsyncIterable<number[]>;
  /** Yields the unique ids of events, page by page. Costs their whole payloads. */
  uniqueIds(metricId: string, from: number, until: number): AsyncIterable<string[]>;
  /** Returns whether there is an event with this unique id. */
  hasEvent(key: EventKey): Promise<boolean>;
  /** Returns those of the profiles that there are, by external id. */
  profilesByExternalId(ids: readonly string[]): Promise<ReadonlyMap<string, ShownProfile>>;
  /** Returns those of the profiles that there are, by e-mail in small letters. An e-mail that Klaviyo refuses has none. */
  profilesByEmail(emails: readonly string[]): Promise<ReadonlyMap<string, ShownProfile>>;
  /** Yields all profiles, page by page. */
  profiles(): AsyncIterable<ShownProfile[]>;
  /** Returns those of the entries that there are, by external id; items with the ids of their variants as a relationship. */
  entries(kind: keyof CatalogEntries, ids: readonly string[]): Promise<ReadonlyMap<string, ListEntry>>;
  /** Yields all entries of the catalog that came by the API, page by page, by external id. */
  allEntries(kind: keyof CatalogEntries): AsyncIterable<ReadonlyMap<string, ListEntry>>;
  /** Yields the external ids of the items of a category, page by page; nothing for a category that is not there. */
  itemsOfCategory(categoryId: string): AsyncIterable<string[]>;
  /**
   * Sends events, in one request with those of others: a request waits a second for more, so send many groups at once. All of a group's
   * are recorded, or none; of one that is larger than a request, part may be.
   *
   * @throws PermanentError when Klaviyo refuses this group
   */
  sendEvents(group: EventGroup): Promise<void>;
  /**
   * Imports profiles as creations, which clear nothing, and waits for the end. Returns the external ids of those that Klaviyo did not
   * take, or of which it does not say so.
   */
  importProfiles(profiles: readonly Profile[]): Promise<readonly string[]>;
  /**
   * Creates or updates entries of the catalog, and waits for the end. What is created must not be there yet, what is updated must, and
   * of an item its categories, of a variant its item. Variants of an item are not written with it. Returns the ids of those that Klaviyo
   * did not take, or of which it does not say so.
   */
  writeEntries<K extends keyof CatalogEntries>(
    kind: K,
    how: 'create' | 'update',
    entries: readonly CatalogEntries[K][],
  ): Promise<readonly string[]>;
}
