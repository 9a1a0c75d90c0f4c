import type * as z from 'zod';
import type { Answer } from '../http.ts';
import { KlaviyoError } from './errors.ts';
import type { State } from './state.ts';

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
}

/** The answers that Klaviyo may give to an event of two profiles. */
export const EVENT_IDENTITIES = ['email', 'external_id', 'refused'] as const;

export type EventIdentity = (typeof EVENT_IDENTITIES)[number];

/** A request that has passed authorization, on its way to a route. */
export interface Call {
  state: State;
  settings: Settings;
  /** The `{id}` of the route, decoded; empty when it has none. */
  id: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** One operation, its path as Klaviyo's OpenAPI document writes it. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  answer(call: Call): Answer;
}

/** The body by its schema. Throws 400 with a pointer for every part that does not fit. */
export function readBody<T>(schema: z.ZodType<T>, call: Call): T {
  const result = schema.safeParse(call.body);
  if (result.success) return result.data;
  throw new KlaviyoError(
    400,
    result.error.issues.flatMap((issue) => {
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
      return unknown.map((key) => ({
        code: 'invalid',
        title: 'Invalid input.',
        detail: key === undefined ? issue.message : `'${key}' is not a valid field for this resource.`,
        source: { pointer: ['', ...issue.path, ...(key === undefined ? [] : [key])].join('/') },
      }));
    }),
  );
}
