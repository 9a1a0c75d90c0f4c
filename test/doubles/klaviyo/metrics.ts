import { createHash } from 'node:crypto';
import { type Kind, many } from './resource.ts';
import type { Route } from './route.ts';
import type { Metric, State } from './state.ts';

const API = 'API';

const kind: Kind<Metric> = {
  type: 'metric',
  path: '/api/metrics',
  attributes: ['name', 'created', 'updated', 'integration'],
  all: ({ metrics }) => metrics.values(),
  filters: {
    'integration.name': { operators: ['equals'], of: ({ integration }) => integration.name },
    'integration.category': { operators: ['equals'], of: ({ integration }) => integration.category },
  },
  pageSize: 200,
  maxPageSize: 200,
};

/** Klaviyo's operation on metrics. A metric is there from its first event on, also when that is gone. */
export const metricRoutes: Route[] = [{ method: 'GET', path: '/api/metrics', answer: (call) => many(kind, call) }];

const ids = new Map<string, string>();

/** The id of a metric: of that of the API, where no other integration is named. */
export function metricId(name: string, integration = API): string {
  const key = `${integration} ${name}`;
  const id = ids.get(key) ?? createHash('sha256').update(key).digest('hex').slice(0, 6);
  ids.set(key, id);
  return id;
}

/**
 * Makes a metric known: of the API, or one that another integration has of the same name, such as Shopify. Returns its id.
 * The form of an integration is not in Klaviyo's document.
 */
export function addMetric(state: State, name: string, integration = API): string {
  const id = metricId(name, integration);
  const now = state.metrics.has(id) ? undefined : state.stamp();
  const category = integration === API ? API : 'eCommerce';
  const by = { object: 'integration', id: metricId('', integration), name: integration, category };
  if (now) state.metrics.set(id, { id, name, created: now, updated: now, integration: by });
  return id;
}
