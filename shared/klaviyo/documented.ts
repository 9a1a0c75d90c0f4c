import type { HttpCall } from '../http/request.ts';

/** Statuses of success by method, where a call has none of its own. */
const USUAL: Record<string, number[]> = { GET: [200], POST: [201], PATCH: [200], DELETE: [204] };

/** What Klaviyo takes now and does later: all jobs, whose names end like that, and single events. */
const QUEUED = /\/api\/(events|[a-z-]+-jobs)$/;

/**
 * Returns the statuses of success that Klaviyo documents for a call. A test compares those of all our calls with Klaviyo's
 * OpenAPI document.
 */
export function documentedStatuses(method: string, path: string): number[] {
  if (method === 'POST' && QUEUED.test(path)) return [202];
  if (path.endsWith('/api/profile-import')) return [200, 201];
  if (path.endsWith('/api/metric-aggregates')) return [200];
  if (path.includes('/relationships/') && method !== 'GET') return [204];
  return USUAL[method] ?? [];
}

/** A successful answer, its body parsed where it is JSON. */
interface Answer {
  status: number;
  data?: unknown;
}

/**
 * Returns whether a successful answer is one that Klaviyo documents: with its status, and with `data` where a resource is to
 * come. Any other answer came from something in between, and says nothing of what Klaviyo holds.
 */
export function isDocumented({ method, url }: Pick<HttpCall, 'method' | 'url'>, { status, data }: Answer): boolean {
  const { pathname } = new URL(url);
  if (!documentedStatuses(method, pathname).includes(status)) return false;
  if (status === 202 || status === 204) return typeof data !== 'string' || data === '';
  return typeof data === 'object' && data !== null && 'data' in data;
}
