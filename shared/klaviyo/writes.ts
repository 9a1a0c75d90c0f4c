import type { Consent, Erasure, Identification, Withdrawal } from './person-writes.ts';

/**
 * What a handler asks of Klaviyo: plain data in Klaviyo's terms, so that the same plan can be written, shown or compared.
 * Ids are commercetools' own; `apply` knows how Klaviyo spells them.
 */

/** Part of a profile; null clears, undefined keeps. */
export type Location = Partial<Record<'address1' | 'address2' | 'city' | 'region' | 'zip' | 'country', string | null>>;

/** A customer's whole profile; null clears what Klaviyo has, undefined keeps it. */
export interface Profile {
  externalId: string;
  email: string;
  firstName: string | null | undefined;
  lastName: string | null | undefined;
  title: string | null | undefined;
  organization: string | null | undefined;
  /** Language and country, such as de-DE. */
  locale: string | null | undefined;
  /** E.164. */
  phoneNumber: string | null | undefined;
  location: Location | undefined;
  /** Custom properties by name. */
  properties: Record<string, unknown>;
}

/** Whose event it is, and what the event knows of that person. */
export interface ProfileReference {
  email?: string;
  externalId?: string;
  firstName?: string;
  lastName?: string;
  location?: Location;
}

/** An event of a metric; one with the same metric, profile and uniqueId is recorded once. */
export interface Event {
  metric: string;
  profile: ProfileReference;
  uniqueId: string;
  /** When it happened, ISO 8601. */
  time: string;
  /** Whether it is history, which Klaviyo records without firing flows. */
  backfill?: true;
  /** Major units of the currency; undefined for an event that is worth nothing by itself. */
  value?: number;
  /** ISO 4217. */
  valueCurrency?: string;
  properties: Record<string, unknown>;
}

/** A category by its breadcrumb: `Women > Pants`. */
export interface CatalogCategory {
  id: string;
  name: string;
}

/** What an item and a variant have in common. */
interface CatalogEntry {
  title: string;
  description: string;
  url: string;
  imageFullUrl: string | null;
  /** Major units. */
  price: number;
  /** JSON texts and numbers by name. */
  customMetadata: Record<string, string | number>;
}

/** Stock as Klaviyo keeps it: policy 1 hides a variant that is out of stock, 2 shows it whatever the quantity. */
export interface Stock {
  inventoryQuantity: number;
  inventoryPolicy: 1 | 2;
}

/** A variant of an item; without stock where that is to stay as it is. */
export interface CatalogVariant extends CatalogEntry, Partial<Stock> {
  id: string;
  sku: string;
}

/** An item with its variants and its categories, ancestors first. */
export interface CatalogItem extends CatalogEntry {
  id: string;
  variants: CatalogVariant[];
  categories: CatalogCategory[];
}

interface Trimmed {
  /** Names of the properties that were cut to keep Klaviyo's limits. Safe to log. */
  trimmed: readonly string[];
}

/** A profile to be written. */
export interface ProfileWrite extends Trimmed {
  profile: Profile;
}

/** An event to be written. */
export interface EventWrite extends Trimmed {
  event: Event;
}

/** An item to be written. */
export interface ItemWrite extends Trimmed {
  item: CatalogItem;
  /** Leaves variants of the item alone that are not part of it. */
  keepsVariants?: boolean;
}

interface Conditional {
  /** Looks at what Klaviyo has first, and writes only what differs. */
  ifChanged?: boolean;
}

interface Company {
  /**
   * Planned with many others, none of them urgent: the event travels in bulk with them. An e-mail of a guest that Klaviyo refuses
   * is nobody's, which is told and keeps none of the others.
   */
  isOneOfMany?: boolean;
}

/** One thing to be done in Klaviyo. Doing it again changes nothing. */
export type Write =
  | ({ kind: 'createProfile' } & ProfileWrite)
  | ({ kind: 'upsertProfile' } & ProfileWrite)
  | ({ kind: 'identify' } & Identification)
  | ({ kind: 'eraseProfile' } & Erasure)
  | ({ kind: 'subscribe' } & Consent)
  | ({ kind: 'unsubscribe' } & Withdrawal)
  | ({ kind: 'createEvent' } & EventWrite & Company)
  | { kind: 'upsertCategory'; category: CatalogCategory; descendants: CatalogCategory[] }
  | { kind: 'deleteCategory'; id: string }
  | ({ kind: 'upsertItem' } & ItemWrite & Conditional)
  | { kind: 'unpublishItem'; id: string }
  | { kind: 'deleteItem'; id: string }
  | ({ kind: 'setInventory'; variantId: string; stock: Stock } & Conditional);
