import { accountRoutes } from './accounts.ts';
import { catalogJobRoutes } from './catalog-jobs.ts';
import { categoryRoutes } from './categories.ts';
import { erasureRoutes } from './erasure.ts';
import { refusal } from './errors.ts';
import { eventBulkRoutes } from './event-bulk.ts';
import { eventRoutes } from './events.ts';
import { itemRelationshipRoutes } from './item-relationships.ts';
import { itemRoutes } from './items.ts';
import { mappedMetricRoutes } from './mapped-metrics.ts';
import { metricAggregateRoutes } from './metric-aggregates.ts';
import { metricRoutes } from './metrics.ts';
import { nothingRoutes } from './nothing.ts';
import { profileImportJobRoutes } from './profile-import-jobs.ts';
import { profileMergeRoutes } from './profile-merge.ts';
import { profileRoutes } from './profiles.ts';
import type { Route } from './route.ts';
import { subscriptionJobRoutes } from './subscription-jobs.ts';
import { variantRoutes } from './variants.ts';

/** All that the stand-in knows of Klaviyo's API. */
export const routes: Route[] = [
  ...profileRoutes,
  ...profileImportJobRoutes,
  ...profileMergeRoutes,
  ...erasureRoutes,
  ...subscriptionJobRoutes,
  ...eventRoutes,
  ...eventBulkRoutes,
  ...categoryRoutes,
  ...itemRoutes,
  ...itemRelationshipRoutes,
  ...variantRoutes,
  ...catalogJobRoutes,
  ...metricRoutes,
  ...metricAggregateRoutes,
  ...mappedMetricRoutes,
  ...accountRoutes,
  ...nothingRoutes,
];

const PATTERNS = routes.map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace(/\{(id|job_id)\}/, '(?<id>[^/]+)')}/?$`),
}));

/** The route of a request, and the id in its path, decoded. Throws 404 and 405. */
export function findRoute(method: string, path: string): { route: Route; id: string } {
  const matching = PATTERNS.filter(({ pattern }) => pattern.test(path));
  const route = matching.find((candidate) => candidate.method === method);
  if (route !== undefined) return { route, id: decodeURIComponent(route.pattern.exec(path)?.groups?.id ?? '') };
  if (matching.length > 0) throw refusal(405, 'method_not_allowed', `Method "${method}" not allowed.`);
  throw refusal(404, 'not_found', `The stand-in does not know the path ${path}.`);
}
