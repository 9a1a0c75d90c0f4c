import { randomUUID } from 'node:crypto';
import type { ProfileAttributes } from './profile-body.ts';
import type { Profile, State } from './state.ts';

/** What a profile is recognized by, the strongest first. */
export const IDENTIFIERS = ['external_id', 'email', 'phone_number'] as const;

type Identifier = (typeof IDENTIFIERS)[number];

/** Identifiers of a request. */
export type Identity = { id?: string | null } & Pick<ProfileAttributes, Identifier>;

/**
 * The profiles that hold any of these identifiers, in the order id, external_id, email, phone, each once. A phone
 * number is as good as the others: alone it finds, and lets rewrite, the profile of whoever shares it.
 */
export function holders(state: State, identity: Identity): Profile[] {
  const found = new Set<Profile>();
  const byId = state.profiles.get(identity.id ?? '');
  if (byId !== undefined) found.add(byId);
  for (const key of IDENTIFIERS) {
    const holder = holderOf(state, key, identity[key]);
    if (holder !== undefined) found.add(holder);
  }
  return [...found];
}

/** The profile that holds one identifier. What was remembered is wrong once it was given up, or its profile is gone. */
function holderOf(state: State, key: Identifier, wanted: string | null | undefined): Profile | undefined {
  const holder = wanted ? state.holders.get(nameOf(key, wanted)) : undefined;
  return holder && isSame(holder[key], wanted) && state.profiles.get(holder.id) === holder ? holder : undefined;
}

/** Remembers what a profile is recognized by. To be called whenever that has changed. */
export function remember(state: State, profile: Profile): void {
  for (const key of IDENTIFIERS) if (profile[key]) state.holders.set(nameOf(key, profile[key]), profile);
}

/** Whether there is anything to recognize a profile by. */
export function isIdentified(identity: Identity): boolean {
  return IDENTIFIERS.some((key) => Boolean(identity[key]));
}

/** A new profile with these attributes, put into the state. */
export function createProfile(state: State, attributes: ProfileAttributes): Profile {
  const now = state.stamp();
  const profile: Profile = {
    id: `01${randomUUID().replaceAll('-', '').slice(0, 24).toUpperCase()}`,
    email: null,
    phone_number: null,
    external_id: null,
    first_name: null,
    last_name: null,
    organization: null,
    locale: null,
    title: null,
    image: null,
    location: { ...NOWHERE },
    properties: {},
    created: now,
    updated: now,
    last_event_date: null,
  };
  state.profiles.set(profile.id, profile);
  state.undo?.push(() => state.profiles.delete(profile.id));
  return updateProfile(state, profile, attributes);
}

/** Changes what is given: null clears, location and properties are merged key by key. */
export function updateProfile(state: State, profile: Profile, attributes: ProfileAttributes): Profile {
  const { location, properties, ...fields } = attributes;
  const before = { ...profile, location: { ...profile.location } };
  state.undo?.push(() => remember(state, Object.assign(profile, before)));
  Object.assign(profile, fields, { updated: state.stamp() });
  Object.assign(profile.location, location);
  profile.properties = properties === null ? {} : { ...profile.properties, ...properties };
  remember(state, profile);
  return profile;
}

const NOWHERE = {
  address1: null,
  address2: null,
  city: null,
  country: null,
  latitude: null,
  longitude: null,
  region: null,
  zip: null,
  timezone: null,
  ip: null,
};

const nameOf = (key: Identifier, value: string) => `${key} ${value.toLowerCase()}`;

function isSame(held: string | null, wanted: string | null | undefined): boolean {
  return Boolean(wanted) && held?.toLowerCase() === wanted?.toLowerCase();
}
