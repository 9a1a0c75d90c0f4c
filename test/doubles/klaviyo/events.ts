import { randomUUID } from 'node:crypto';
import type { Answer } from '../http.ts';
import { duplicateProfile, invalid } from './errors.ts';
import { eventBody } from './event-body.ts';
import type { ProfileAttributes } from './profile-body.ts';
import { createProfile, holders, IDENTIFIERS, isIdentified, updateProfile } from './profile-identity.ts';
import { type Kind, many } from './resource.ts';
import { type Call, type EventIdentity, type Route, readBody } from './route.ts';
import type { KlaviyoEvent, Profile, State } from './state.ts';

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
  const { attributes } = readBody(eventBody, call).data;
  const { id, attributes: about } = attributes.profile.data;
  const profile = profileOf(state, id, about, settings.eventIdentity);
  const metric = attributes.metric.data.attributes.name;
  const time = toTheSecond(attributes.time ?? new Date().toISOString());
  const uniqueId = attributes.unique_id ?? String(Date.parse(time) / 1000);
  profile.last_event_date = time;
  const isKnown = state.events.some(
    (event) => event.profile_id === profile.id && event.metric === metric && event.unique_id === uniqueId,
  );
  if (!isKnown) {
    state.events.push({
      id: randomUUID(),
      created: state.stamp(),
      profile_id: profile.id,
      metric,
      unique_id: uniqueId,
      time,
      value: attributes.value ?? null,
      value_currency: attributes.value_currency ?? null,
      backfill: attributes.backfill ?? false,
      properties: attributes.properties,
    });
  }
  return { status: 202 };
}

/** Unlike the profile operations an event may not conflict: what is another profile's stays there. */
function profileOf(
  state: State,
  id: string | null | undefined,
  about: ProfileAttributes,
  eventIdentity: EventIdentity,
): Profile {
  if (id != null && !state.profiles.has(id)) throw invalid('No such profile.', '/data/attributes/profile/data/id');
  if (id == null && !isIdentified(about)) {
    throw invalid('A profile identifier is required.', '/data/attributes/profile/data/attributes');
  }
  const [first, ...others] = holders(state, { id, ...about });
  if (first === undefined) return createProfile(state, about);
  if (others[0] && eventIdentity === 'refused') throw duplicateProfile(others[0].id);
  const [byEmail] = eventIdentity === 'email' && id == null ? holders(state, { email: about.email }) : [];
  const profile = byEmail ?? first;
  const own = { ...about };
  for (const key of IDENTIFIERS) {
    const [holder] = holders(state, { [key]: about[key] });
    if (holder !== undefined && holder !== profile) delete own[key];
  }
  return updateProfile(state, profile, own);
}

function toTheSecond(time: string): string {
  return new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString();
}
