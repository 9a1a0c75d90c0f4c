import type { Answer } from '../http.ts';
import { eventBody } from './event-body.ts';
import { ownerOf, record, toEvent } from './event-recording.ts';
import { type Kind, many } from './resource.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { KlaviyoEvent } from './state.ts';

/** Klaviyo's operations on events. */
export const eventRoutes: Route[] = [
  { method: 'GET', path: '/api/events', answer: (call) => many(kind, call.state.events.map(toListed), call) },
  { method: 'POST', path: '/api/events', answer: create },
];

const toListed = ({ id, created, time, properties }: KlaviyoEvent) => ({
  id,
  created,
  timestamp: Date.parse(time) / 1000,
  datetime: time,
  event_properties: properties,
});

const kind: Kind<ReturnType<typeof toListed>> = {
  type: 'event',
  path: '/api/events',
  attributes: ['timestamp', 'datetime', 'event_properties'],
  filters: {},
  pageSize: 20,
};

function create(call: Call): Answer {
  const { state, settings } = call;
  const { profile, ...attributes } = readBody(eventBody, call).data.attributes;
  const owner = ownerOf(state, profile.data, settings.eventIdentity, '/data/attributes/profile/data');
  record(state, owner, toEvent(state, owner, attributes), 'single');
  return { status: 202 };
}
