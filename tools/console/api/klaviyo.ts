/** `GET /api/klaviyo/profiles?search=TEXT&limit=N`: those that were last written first; `limit` is 100 by default. */
export interface ProfilePage {
  profiles: ProfileCard[];
  /** Of what the search finds. */
  total: number;
}

/** A profile in a line. */
export interface ProfileCard {
  id: string;
  email?: string;
  name: string;
  /** The customer's id in commercetools. */
  externalId?: string;
  city?: string;
  /** Of the e-mail address. */
  consent: Consent;
  events: number;
  updatedAt: number;
}

/** What Klaviyo knows of the consent of a channel. */
export type Consent = 'NEVER_SUBSCRIBED' | 'SUBSCRIBED' | 'UNSUBSCRIBED';

/** `GET /api/klaviyo/profiles/{id}`. */
export interface ProfileDetail {
  profile: ProfileCard;
  phone?: string;
  location: Record<string, string | number>;
  properties: Record<string, unknown>;
  consents: { channel: 'email' | 'sms'; consent: Consent; source?: string; at?: number }[];
  lists: string[];
  /** Newest first, at most 500. */
  timeline: TimelineEvent[];
}

/** An event as Klaviyo shows it on a profile. */
export interface TimelineEvent {
  id: string;
  metric: string;
  time: number;
  value?: number;
  currency?: string;
  uniqueId: string;
  properties: Record<string, unknown>;
}

/** `GET /api/klaviyo/catalog`. */
export interface CatalogView {
  items: CatalogItem[];
  categories: { id: string; name: string }[];
}

/** An item of the catalog with its variants. */
export interface CatalogItem {
  id: string;
  title: string;
  description: string;
  url: string;
  image?: string;
  price?: number;
  isPublished: boolean;
  categories: string[];
  metadata: Record<string, unknown>;
  variants: CatalogVariant[];
}

/** A variant of an item. */
export interface CatalogVariant {
  id: string;
  sku: string;
  title: string;
  price?: number;
  isPublished: boolean;
  /** Undefined when stock is not tracked. */
  stock?: number;
}
