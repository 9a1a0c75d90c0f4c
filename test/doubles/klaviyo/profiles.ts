import type { Answer } from '../http.ts';
import { duplicateProfile, invalid, notFound } from './errors.ts';
import { profileBody } from './profile-body.ts';
import { createProfile, holders, IDENTIFIERS, type Identity, isIdentified, updateProfile } from './profile-identity.ts';
import { type Kind, many, one } from './resource.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { Profile } from './state.ts';
import { shownSubscriptions } from './subscriptions.ts';

const lookup = ['equals', 'any'] as const;

const kind: Kind<Profile> = {
  type: 'profile',
  path: '/api/profiles',
  attributes: [
    ...([
      'email',
      'phone_number',
      'external_id',
      'first_name',
      'last_name',
      'organization',
      'locale',
      'title',
    ] as const),
    ...(['image', 'created', 'updated', 'last_event_date', 'location', 'properties'] as const),
  ],
  all: ({ profiles }) => profiles.values(),
  filters: {
    id: { operators: lookup, of: ({ id }) => id, find: (id, state) => holders(state, { id }) },
    email: { operators: lookup, of: ({ email }) => email, find: (email, state) => holders(state, { email }) },
    phone_number: {
      operators: lookup,
      of: ({ phone_number }) => phone_number,
      find: (phone_number, state) => holders(state, { phone_number }),
    },
    external_id: {
      operators: lookup,
      of: ({ external_id }) => external_id,
      find: (external_id, state) => holders(state, { external_id }),
    },
    created: { operators: ['greater-than', 'less-than'], of: ({ created }) => created },
    updated: { operators: ['greater-than', 'less-than'], of: ({ updated }) => updated },
  },
  sorts: ['id', 'updated', 'email'],
  pageSize: 20,
  additional: { subscriptions: (profile, { state }) => shownSubscriptions(state, profile) },
};

/** Klaviyo's operations on profiles. */
export const profileRoutes: Route[] = [
  { method: 'GET', path: '/api/profiles', answer: (call) => many(kind, call) },
  { method: 'POST', path: '/api/profiles', answer: create },
  { method: 'GET', path: '/api/profiles/{id}', answer: (call) => one(kind, find(call), call) },
  { method: 'PATCH', path: '/api/profiles/{id}', answer: update },
  { method: 'GET', path: '/api/profiles/{id}/relationships/lists', answer: listsOf },
  { method: 'POST', path: '/api/profile-import', answer: upsert },
];

function listsOf(call: Call): Answer {
  const { id } = find(call);
  const on = [...call.state.lists].filter(([, members]) => members.has(id));
  return { status: 200, body: { data: on.map(([list]) => ({ type: 'list', id: list })), links: {} } };
}

function create(call: Call): Answer {
  const { attributes, id } = readBody(profileBody, call).data;
  if (id !== undefined) throw invalid("'id' is not a valid field for this resource.", '/data/id');
  requireIdentifier(attributes);
  const [holder] = holders(call.state, attributes);
  if (holder !== undefined) throw duplicateProfile(holder.id);
  return one(kind, createProfile(call.state, attributes), call, 201);
}

function update(call: Call): Answer {
  const { attributes, id } = readBody(profileBody, call).data;
  if (id !== call.id) throw invalid('The id must be that of the path.', '/data/id');
  const profile = find(call);
  const other = holders(call.state, attributes).find((holder) => holder !== profile);
  if (other !== undefined) throw duplicateProfile(other.id);
  return one(kind, updateProfile(call.state, profile, attributes), call);
}

function upsert(call: Call): Answer {
  const { attributes, id } = readBody(profileBody, call).data;
  if (id != null && !call.state.profiles.has(id)) throw notFound('profile', id);
  if (id == null) requireIdentifier(attributes);
  const [profile, other] = holders(call.state, { id, ...attributes });
  if (other !== undefined) throw duplicateProfile(other.id);
  if (profile === undefined) return one(kind, createProfile(call.state, attributes), call, 201);
  return one(kind, updateProfile(call.state, profile, attributes), call);
}

function find({ state, id }: Call): Profile {
  const profile = state.profiles.get(id);
  if (profile === undefined) throw notFound('profile', id);
  return profile;
}

function requireIdentifier(identity: Identity): void {
  if (!isIdentified(identity)) {
    throw invalid(`One or more identifiers are required: ${IDENTIFIERS.join(', ')}.`, '/data/attributes');
  }
}
