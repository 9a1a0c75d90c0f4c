import type { ProfilesApi } from 'klaviyo-api';
import pMap from 'p-map';
import { shownProfile } from '../profiles.ts';
import { eachPage, pageOf } from '../writers/answers.ts';
import type { Account, EventKey, ShownProfile } from './account.ts';
import { divide } from './divide.ts';
import type { Endpoint } from './endpoints.ts';
import { pack } from './pack.ts';

/** Profiles a page, at most. */
const PAGE = 100;
/** Of a search: identifiers, and characters of a URL. */
const MOST = { items: PAGE, weight: 6000 };
const CONCURRENCY = 4;

const FIELDS = [
  ...(['external_id', 'email', 'phone_number', 'first_name', 'last_name'] as const),
  ...(['organization', 'title', 'locale', 'location', 'properties', 'created'] as const),
];

const profilePage = pageOf(shownProfile);

/** Reads profiles. */
export function profileLists(profiles: ProfilesApi, list: Endpoint) {
  const pagesOf = (filter?: string) =>
    eachPage((pageCursor) =>
      list(
        () => profiles.getProfiles({ filter, fieldsProfile: FIELDS, pageSize: PAGE, sort: 'created', pageCursor }),
        profilePage,
      ),
    );

  /** Returns the profiles with one of these values; none for a value that Klaviyo refuses to search for. */
  async function search(field: string, values: readonly string[]): Promise<ShownProfile[]> {
    const searches = pack(values, MOST, (value) => encodeURIComponent(JSON.stringify(value)).length + ESCAPED_COMMA);
    const request = async (some: readonly string[]) =>
      (await Array.fromAsync(pagesOf(`any(${field},[${some.map((value) => JSON.stringify(value))}])`))).flat();
    const found = await pMap(searches, (some) => divide(some, { request, refused: () => [] }), {
      concurrency: CONCURRENCY,
    });
    return found.flat();
  }

  const byExternalId = async (ids: readonly string[]) =>
    keyed(await search('external_id', [...new Set(ids)]), ({ externalId }) => externalId);

  /** Klaviyo may search without regard to case or not, so both spellings are tried. */
  const byEmail = async (emails: readonly string[]) =>
    keyed(await search('email', [...new Set([...emails, ...emails.map(small)])]), ({ email }) => email && small(email));

  const lists: Pick<Account, 'profilesByExternalId' | 'profilesByEmail' | 'profiles'> = {
    profilesByExternalId: byExternalId,
    profilesByEmail: byEmail,
    profiles: () => pagesOf(),
  };

  return {
    ...lists,

    /** Returns the profile that events of this person are of. */
    async ownerOf({ externalId, email }: EventKey['profile']): Promise<ShownProfile | undefined> {
      const own = externalId ? (await byExternalId([externalId])).get(externalId) : undefined;
      return own ?? (email ? (await byEmail([email])).get(small(email)) : undefined);
    },
  };
}

const ESCAPED_COMMA = '%2C'.length;

const small = (text: string): string => text.toLowerCase();

/** Returns what has a key by it, the first of each. */
function keyed<T>(found: readonly T[], keyOf: (one: T) => string | undefined): Map<string, T> {
  const byKey = new Map<string, T>();
  for (const one of found) {
    const key = keyOf(one);
    if (key !== undefined && !byKey.has(key)) byKey.set(key, one);
  }
  return byKey;
}
