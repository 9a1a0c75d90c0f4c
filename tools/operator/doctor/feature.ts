import type { HandlerName } from '../../../shared/config/settings/handlers.ts';
import type { Settings } from '../../../shared/config/settings.ts';
import type { Area } from '../../../shared/klaviyo/inspection.ts';
import type { Scope } from './scopes.ts';

/** A use that Klaviyo makes of a metric: https://developers.klaviyo.com/en/reference/get_mapped_metrics */
type Mapping = 'revenue' | 'ordered_product' | 'cancelled_sales' | 'refunded_sales' | 'started_checkout';

/** Something that the sync does, and what it needs for that. */
export interface Feature {
  /** What it is to an operator; stands behind "needed for". */
  name: string;
  /** The handlers that do it: it is on while one of them is. */
  handlers: readonly HandlerName[];
  /** Whether the settings ask for it, where a handler alone does not say so. */
  isWanted?(settings: Settings): boolean;
  /** Scopes of the API client of commercetools. */
  commercetools: readonly Scope[];
  /** Such as are worth having, and what is left undone without them. */
  optional?: readonly { scope: Scope; without: string }[];
  /** Scopes of the key of Klaviyo. */
  klaviyo: readonly `${Area}:${'read' | 'write'}`[];
  /** Its metrics that Klaviyo counts only if they are mapped. */
  mapped?: Partial<Record<Mapping, keyof Settings['metrics']>>;
}
