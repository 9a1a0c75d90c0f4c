import * as z from 'zod';
import type { Answer } from '../http.ts';
import { invalid } from './errors.ts';
import { removeEvents } from './event-index.ts';
import { putOff } from './jobs.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { State } from './state.ts';

const body = z.strictObject({
  data: z.strictObject({
    type: z.literal('data-privacy-deletion-job'),
    attributes: z.strictObject({
      profile: z.strictObject({
        data: z.strictObject({
          type: z.literal('profile'),
          id: z.string().nullish(),
          attributes: z.strictObject({ email: z.string().nullish(), phone_number: z.string().nullish() }),
        }),
      }),
    }),
  }),
});

/** Klaviyo's erasure of all profiles that match one identifier, with their history: queued, and for good. */
export const erasureRoutes: Route[] = [{ method: 'POST', path: '/api/data-privacy-deletion-jobs', answer: erase }];

function erase(call: Call): Answer {
  const { id, attributes } = readBody(body, call).data.attributes.profile.data;
  const given = [id, attributes.email, attributes.phone_number].filter(Boolean);
  if (given.length !== 1) throw invalid('Exactly one identifier is required.', '/data/attributes/profile/data');
  putOff(call, (state) => {
    for (const profile of state.profiles.values())
      if ([profile.id, profile.email, profile.phone_number].includes(given[0] ?? '')) eraseProfile(state, profile.id);
  });
  return { status: 202 };
}

/** Removes a profile for good, with its history. */
export function eraseProfile(state: State, profileId: string): void {
  const profile = state.profiles.get(profileId);
  if (!profile) return;
  state.profiles.delete(profileId);
  state.subscriptions.delete(profileId);
  for (const members of state.lists.values()) members.delete(profileId);
  removeEvents(state, (event) => event.profile_id === profileId);
  state.erased.push(profile);
}
