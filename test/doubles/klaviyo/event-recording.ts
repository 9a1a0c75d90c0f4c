import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { duplicateProfile, invalid } from './errors.ts';
import type { EventAttributes } from './event-body.ts';
import { isRecorded } from './event-index.ts';
import { addMetric } from './metrics.ts';
import type { profileBody } from './profile-body.ts';
import { createProfile, holders, IDENTIFIERS, isIdentified, updateProfile } from './profile-identity.ts';
import type { EventIdentity } from './settings.ts';
import type { KlaviyoEvent, Profile, State } from './state.ts';

/** Whose event it is, as a request tells it. */
type Owner = z.infer<typeof profileBody>['data'];

/**
 * Whose event it is: found or created, and changed by what the request tells. Unlike the profile operations an event may
 * not conflict: what is another profile's stays there. Throws 400 or 409 before anything is changed.
 *
 * @param at pointer to the owner in the request
 */
export function ownerOf(state: State, { id, attributes }: Owner, eventIdentity: EventIdentity, at: string): Profile {
  if (id != null && !state.profiles.has(id)) throw invalid('No such profile.', `${at}/id`);
  if (id == null && !isIdentified(attributes)) throw invalid('A profile identifier is required.', `${at}/attributes`);
  const [first, ...others] = holders(state, { id, ...attributes });
  if (first === undefined) return createProfile(state, attributes);
  if (others[0] && eventIdentity === 'refused') throw duplicateProfile(others[0].id, `${at}/attributes`);
  const [byEmail] = eventIdentity === 'email' && id == null ? holders(state, { email: attributes.email }) : [];
  const profile = byEmail ?? first;
  const own = { ...attributes };
  for (const key of IDENTIFIERS) {
    const [holder] = holders(state, { [key]: attributes[key] });
    if (holder !== undefined && holder !== profile) delete own[key];
  }
  return updateProfile(state, profile, own);
}

/** The event as Klaviyo keeps it. */
export function toEvent(state: State, profile: Profile, attributes: EventAttributes): KlaviyoEvent {
  const time = toTheSecond(attributes.time ?? new Date().toISOString());
  return {
    id: randomUUID(),
    created: state.stamp(),
    profile_id: profile.id,
    metric: attributes.metric.data.attributes.name,
    unique_id: attributes.unique_id ?? String(Date.parse(time) / 1000),
    time,
    value: attributes.value ?? null,
    value_currency: attributes.value_currency ?? null,
    backfill: attributes.backfill ?? false,
    properties: attributes.properties,
  };
}

/** Records the event, unless it is known: the first one wins. */
export function record(state: State, profile: Profile, event: KlaviyoEvent, lane: 'single' | 'bulk'): void {
  profile.last_event_date = event.time;
  if (isRecorded(state, event)) return;
  addMetric(state, event.metric);
  state.events.push(event);
  state.arrivals[lane] += 1;
}

function toTheSecond(time: string): string {
  return new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString();
}
