import type { FaultTarget } from '../faults.ts';

/** What Klaviyo takes of an operation: so many calls in a second, and so many in a minute. */
export interface Limit {
  burst: number;
  steady: number;
}

// Klaviyo's sizes: https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling
const XS: Limit = { burst: 1, steady: 15 };
const S: Limit = { burst: 3, steady: 60 };
const M: Limit = { burst: 10, steady: 150 };
const L: Limit = { burst: 75, steady: 750 };
const XL: Limit = { burst: 350, steady: 3500 };

/** Source: `x-klaviyo-ratelimit` of each operation in Klaviyo's OpenAPI document of 2026-07-15. */
const LIMITS: Record<string, Limit | undefined> = {
  'GET /api/events': XL,
  'POST /api/events': XL,
  'POST /api/event-bulk-create-jobs': M,
  'GET /api/profiles': L,
  'POST /api/profiles': L,
  'GET /api/profiles/{id}': L,
  'PATCH /api/profiles/{id}': L,
  'POST /api/profile-import': L,
  'POST /api/profile-merge': M,
  'GET /api/profiles/{id}/relationships/lists': S,
  'POST /api/profile-subscription-bulk-create-jobs': L,
  'POST /api/profile-subscription-bulk-delete-jobs': L,
  'POST /api/data-privacy-deletion-jobs': S,
  'GET /api/catalog-categories': XL,
  'POST /api/catalog-categories': L,
  'GET /api/catalog-categories/{id}': XL,
  'PATCH /api/catalog-categories/{id}': L,
  'DELETE /api/catalog-categories/{id}': L,
  'GET /api/catalog-categories/{id}/relationships/items': XL,
  'GET /api/catalog-items': XL,
  'POST /api/catalog-items': L,
  'GET /api/catalog-items/{id}': XL,
  'PATCH /api/catalog-items/{id}': L,
  'DELETE /api/catalog-items/{id}': L,
  'GET /api/catalog-items/{id}/categories': XL,
  'GET /api/catalog-items/{id}/variants': XL,
  'GET /api/catalog-items/{id}/relationships/categories': XL,
  'POST /api/catalog-items/{id}/relationships/categories': L,
  'PATCH /api/catalog-items/{id}/relationships/categories': L,
  'DELETE /api/catalog-items/{id}/relationships/categories': L,
  'GET /api/catalog-variants': XL,
  'POST /api/catalog-variants': L,
  'GET /api/catalog-variants/{id}': XL,
  'PATCH /api/catalog-variants/{id}': L,
  'DELETE /api/catalog-variants/{id}': L,
  ...catalogJobs('item', L),
  ...catalogJobs('variant', L),
  ...catalogJobs('category', XL),
  'POST /api/profile-bulk-import-jobs': M,
  'GET /api/profile-bulk-import-jobs/{id}': M,
  'GET /api/profile-bulk-import-jobs/{id}/import-errors': M,
  'GET /api/metrics': M,
  'POST /api/metric-aggregates': S,
  'GET /api/mapped-metrics': S,
  'GET /api/accounts': XS,
  'GET /api/lists': L,
  'GET /api/profile-suppression-bulk-create-jobs': L,
};

/** Of the jobs of a kind; `read` is the limit of looking at those that do not delete. */
function catalogJobs(kind: string, read: Limit): Record<string, Limit> {
  const limits = ['create', 'update', 'delete'].flatMap((how): [string, Limit][] => [
    [`POST /api/catalog-${kind}-bulk-${how}-jobs`, L],
    [`GET /api/catalog-${kind}-bulk-${how}-jobs/{id}`, how === 'delete' ? XL : read],
  ]);
  return Object.fromEntries(limits);
}

/**
 * The limit of an operation such as `PATCH /api/profiles/{id}`.
 *
 * @throws Error when the table does not have it: no limit is guessed
 */
export function limitOf(operation: string): Limit {
  const limit = LIMITS[operation.replace('{job_id}', '{id}')];
  if (limit === undefined) throw new Error(`test/doubles/klaviyo/limits.ts has no limit of ${operation}`);
  return limit;
}

/** The operation of a request; undefined for what is not Klaviyo's API. */
export function operationOf({ method, path }: FaultTarget): string | undefined {
  const [pathname = ''] = path.split('?');
  if (!pathname.startsWith('/api/')) return undefined;
  return `${method} ${pathname.replace(/^(\/api\/[a-z-]+)\/[^/]+/, '$1/{id}').replace(/\/$/, '')}`;
}

/** Seconds that so many calls take at least, when a steady window is so many seconds long. */
export function leastSeconds(calls: number, { burst, steady }: Limit, windowSeconds: number): number {
  const full = Math.floor(Math.max(0, calls - 1) / steady);
  return full * windowSeconds + (calls - full * steady) / burst;
}
