import type { FaultTarget } from '../faults.ts';
import type { Answer } from '../http.ts';
import { eventBody } from './event-body.ts';
import { eventsBetween } from './event-index.ts';
import { ownerOf, record, toEvent } from './event-recording.ts';
import { rangeOf } from './event-times.ts';
import { type Filterable, filterOf } from './filter.ts';
import { conditionsIn } from './filter-syntax.ts';
import { metricId } from './metrics.ts';
import { orderOf, pageOf } from './pages.ts';
import { type Shape, shown } from './resource.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { KlaviyoEvent } from './state.ts';

/** The path of the operations on single events. */
const EVENTS = '/api/events';

/** Returns whether a request sends one event by itself. */
export const isSingleEvent = ({ method, path }: FaultTarget): boolean => method === 'POST' && path === EVENTS;

/** Klaviyo's operations on events. */
export const eventRoutes: Route[] = [
  { method: 'GET', path: EVENTS, answer: list },
  { method: 'POST', path: EVENTS, answer: create },
];

const shape: Shape<ReturnType<typeof toListed>> = {
  type: 'event',
  path: EVENTS,
  attributes: ['timestamp', 'datetime', 'event_properties', 'uuid'],
  relationships: ({ profile_id, metric }) => ({
    profile: { type: 'profile', id: profile_id },
    metric: { type: 'metric', id: metricId(metric) },
  }),
};

const filters: Filterable<KlaviyoEvent> = {
  metric_id: { operators: ['equals'], of: ({ metric }) => metricId(metric) },
  profile_id: { operators: ['equals'], of: ({ profile_id }) => profile_id },
};

const sizes = { pageSize: 200, maxPageSize: 1000 };

/** By time, and without looking through those of other times: there may be a hundred thousand. */
function list(call: Call): Answer {
  const { state } = call;
  const { isDescending } = orderOf(call, ['datetime', 'timestamp']);
  const { from, until, others } = rangeOf(conditionsIn(call.query.get('filter')));
  const events = eventsBetween(state, from, until);
  const { matches } = filterOf(others, filters, state);
  const sorted = (isDescending ? events.reverse() : events).filter(matches);
  const { records, links } = pageOf(sorted, ({ time, created }) => [time, created], call, sizes);
  return shown(shape, { records: records.map((event) => toListed(event, call)), links }, call);
}

const toListed = (event: KlaviyoEvent, { settings }: Call) => ({
  ...event,
  uuid: event.id,
  timestamp: Date.parse(event.time) / 1000,
  datetime: event.time.replace('.000Z', '+00:00'),
  event_properties: { ...event.properties, ...(settings.showsEventId && { $event_id: event.unique_id }) },
});

function create(call: Call): Answer {
  const { state, settings } = call;
  const { profile, ...attributes } = readBody(eventBody, call).data.attributes;
  const owner = ownerOf(state, profile.data, settings.eventIdentity, '/data/attributes/profile/data');
  record(state, owner, toEvent(state, owner, attributes), 'single');
  return { status: 202 };
}
