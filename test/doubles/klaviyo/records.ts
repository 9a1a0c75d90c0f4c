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

/** A metric, and the integration whose events it counts. */
export interface Metric {
  id: string;
  name: string;
  created: string;
  updated: string;
  integration: { object: string; id: string; name: string; category: string };
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

/** What Klaviyo refused of an entry of a job. */
export interface JobError {
  id: string;
  created: string;
  code: string;
  title: string;
  detail: string;
  source: { pointer: string };
  /** The entry as it was sent. */
  original_payload: unknown;
}

/** A job that writes many things. Times are ISO 8601. */
export interface BulkJob {
  id: string;
  /** Such as `catalog-item-bulk-create-job`. */
  type: string;
  /** Never the same twice. */
  created: string;
  status: 'queued' | 'processing' | 'complete';
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  expires_at: string;
  total_count: number;
  /** Entries that were written, without those that failed. Unverified against Klaviyo. */
  completed_count: number;
  failed_count: number;
  errors: JobError[];
}
