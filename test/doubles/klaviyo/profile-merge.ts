import * as z from 'zod';
import type { Answer } from '../http.ts';
import { notFound } from './errors.ts';
import { moveEvents } from './event-index.ts';
import { IDENTIFIERS, remember } from './profile-identity.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { Profile, State } from './state.ts';

const identified = z.strictObject({ type: z.literal('profile'), id: z.string() });

const mergeBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('profile-merge'),
    id: z.string(),
    relationships: z.strictObject({ profiles: z.strictObject({ data: z.array(identified).length(1) }) }),
  }),
});

/** Klaviyo's merge of two profiles: queued, and done a few calls later. */
export const profileMergeRoutes: Route[] = [{ method: 'POST', path: '/api/profile-merge', answer: merge }];

function merge(call: Call): Answer {
  const { state, settings } = call;
  const { id: destination, relationships } = readBody(mergeBody, call).data;
  const source = relationships.profiles.data[0]?.id ?? '';
  for (const id of [destination, source]) if (!state.profiles.has(id)) throw notFound('profile', id);
  state.merges.push({ source, destination, callsLeft: settings.mergeLag });
  if (settings.mergeLag === 0) carryOutMerges(state);
  const links = { self: `https://a.klaviyo.com/api/profiles/${destination}/` };
  return { status: 201, body: { data: { type: 'profile', id: destination, links } } };
}

/** Carries out the merges that have waited long enough. Called before each call is answered. */
export function carryOutMerges(state: State): void {
  const due = state.merges.filter((waiting) => waiting.callsLeft-- <= 0);
  state.merges = state.merges.filter((waiting) => !due.includes(waiting));
  for (const { source, destination } of due) {
    const from = state.profiles.get(source);
    const into = state.profiles.get(destination);
    if (from && into && from !== into) mergeInto(state, from, into);
  }
}

/** The profile with this id, or the one that it was merged into; undefined when that is gone. */
export function survivorOf(state: State, id: string): Profile | undefined {
  const into = state.merged.get(id);
  return into === undefined ? state.profiles.get(id) : survivorOf(state, into);
}

/** The destination keeps what it has, and is given what it lacks; the events move; the source is gone. */
function mergeInto(state: State, from: Profile, into: Profile): void {
  state.profiles.delete(from.id);
  state.merged.set(from.id, into.id);
  for (const key of [...IDENTIFIERS, ...FIELDS]) into[key] ??= from[key];
  for (const [key, value] of Object.entries(from.location)) into.location[key] ??= value;
  into.properties = { ...from.properties, ...into.properties };
  mergeConsents(state, from, into);
  remember(state, into);
  moveEvents(state, from.id, into.id);
}

/** Who is on a list stays on it; of two consents the destination's counts, if it has one. */
function mergeConsents(state: State, from: Profile, into: Profile): void {
  const consents = state.subscriptions.get(into.id) ?? state.subscriptions.get(from.id);
  if (consents) state.subscriptions.set(into.id, consents);
  state.subscriptions.delete(from.id);
  for (const members of state.lists.values()) if (members.delete(from.id)) members.add(into.id);
}

const FIELDS = ['first_name', 'last_name', 'organization', 'locale', 'title', 'image', 'last_event_date'] as const;
