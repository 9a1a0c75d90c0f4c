import type { Answer } from '../http.ts';
import { metricId } from './metrics.ts';
import { link } from './pages.ts';
import type { Call, Route } from './route.ts';

/** Klaviyo's operation on mapped metrics; it takes no pages and no filters. */
export const mappedMetricRoutes: Route[] = [{ method: 'GET', path: '/api/mapped-metrics', answer: list }];

const PATH = '/api/mapped-metrics';
const UPDATED = '2026-01-07T09:00:00+00:00';

function list({ state, query }: Call): Answer {
  const mapped = [...state.mappedMetrics];
  const data = mapped.map(([id, name]) => ({
    ...{ type: 'mapped-metric', id, attributes: { updated: UPDATED } },
    // A mapping to nothing has no data.
    relationships: { metric: name === null ? {} : { data: { type: 'metric', id: metricId(name) } } },
    links: { self: link(`${PATH}/${id}`) },
  }));
  const names = new Set(mapped.flatMap(([, name]) => name ?? []));
  const included = query.get('include')?.split(',').includes('metric') ? [...names].map(toMetric) : [];
  const links = { self: link(PATH), next: null, prev: null };
  return { status: 200, body: { data, links, ...(included.length > 0 && { included }) } };
}

const toMetric = (name: string) => ({
  ...{
    type: 'metric',
    id: metricId(name),
    attributes: { name, created: UPDATED, updated: UPDATED, integration: null },
  },
  links: { self: link(`/api/metrics/${metricId(name)}`) },
});
