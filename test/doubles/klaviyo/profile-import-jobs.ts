import * as z from 'zod';
import type { Answer } from '../http.ts';
import { find, showJob, start } from './bulk-jobs.ts';
import { duplicateProfile, invalid, KlaviyoError, placed, refusalOf } from './errors.ts';
import { ownerOf } from './event-recording.ts';
import { type ProfileAttributes, profileBody } from './profile-body.ts';
import { holders } from './profile-identity.ts';
import { type Kind, many } from './resource.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { JobError } from './state.ts';

const TYPE = 'profile-bulk-import-job';
const PROFILES = '/data/attributes/profiles/data';
const MOST_PROFILES = 10_000;
const MOST_BYTES = 100_000;

/** The values of a profile are looked at one by one: what is wrong with one fails that one. */
const given = z.looseObject({ type: z.literal('profile'), attributes: z.record(z.string(), z.unknown()) });

const body = z.strictObject({
  data: z.strictObject({
    type: z.literal(TYPE),
    attributes: z.strictObject({ profiles: z.strictObject({ data: z.array(given).min(1).max(MOST_PROFILES) }) }),
  }),
});

type Given = z.infer<typeof given>;

const errorKind: Kind<JobError> = {
  type: 'import-error',
  path: '/api/import-errors',
  attributes: ['code', 'title', 'detail', 'source', 'original_payload'],
  all: () => [],
  filters: {},
  pageSize: 20,
};

/** Klaviyo's operations on many profiles: accepted at once, and written in a job. Nobody is subscribed. */
export const profileImportJobRoutes: Route[] = [
  { method: 'POST', path: '/api/profile-bulk-import-jobs', answer: create },
  { method: 'GET', path: '/api/profile-bulk-import-jobs/{job_id}', answer: (call) => showJob(TYPE, call) },
  {
    method: 'GET',
    path: '/api/profile-bulk-import-jobs/{id}/import-errors',
    answer: (call) => many(errorKind, call, find(TYPE, call).errors),
  },
];

function create(call: Call): Answer {
  const entries = readBody(body, call).data.attributes.profiles.data;
  const large = entries.findIndex((entry) => Buffer.byteLength(JSON.stringify(entry)) > MOST_BYTES);
  if (large >= 0) throw invalid(`A profile is larger than ${MOST_BYTES} bytes.`, `${PROFILES}/${large}`);
  if (call.settings.importChecksFirst) refuseInvalid(call, entries);
  return start(call, { type: TYPE, at: PROFILES, entries, write: (entry) => write(call, entry) });
}

const read = (call: Call, entry: Given) => readBody(profileBody, { ...call, body: { data: entry } }).data;

function refuseInvalid(call: Call, entries: Given[]): void {
  const refusals = entries.flatMap((entry, index) => {
    const refused = refusalOf(() => read(call, entry));
    return refused ? placed(refused, `${PROFILES}/${index}`) : [];
  });
  if (refusals.length > 0) throw new KlaviyoError(400, refusals);
}

function write(call: Call, entry: Given): void {
  const { state, settings } = call;
  const owner = read(call, entry);
  const attributes = withoutNull(owner.attributes);
  const { phone_number, ...others } = attributes;
  const [byPhone] = settings.importMatchesPhones ? [] : holders(state, { phone_number });
  if (byPhone && !holders(state, { id: owner.id, ...others }).includes(byPhone)) throw duplicateProfile(byPhone.id);
  ownerOf(state, { ...owner, attributes }, settings.importIdentity, '/data');
}

/** Null does not clear: https://developers.klaviyo.com/en/docs/use_klaviyos_bulk_profile_import_api */
function withoutNull({ location, properties, ...own }: ProfileAttributes): ProfileAttributes {
  return {
    ...told(own),
    ...(location && { location: told(location) }),
    ...(properties && { properties: told(properties) }),
  };
}

const told = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
