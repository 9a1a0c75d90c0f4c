import { ProfileEnum } from 'klaviyo-api';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createKlaviyoClient } from '../../../shared/klaviyo/client.ts';
import { profileLookup } from '../../../shared/klaviyo/profiles.ts';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { settings } from '../support.ts';

let klaviyo: KlaviyoStandIn;
beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => klaviyo.reset());
afterAll(() => klaviyo.stop());

/** Texts that break a filter, a list or an address where they are not written with care. */
const AWKWARD = ['plain', '"', "'", '\\', '\\"', ',', ']),equals(', '%22', '+', ' ', '&a=b', '#', 'ü', '漢', '😀', 'ſ'];

const lookup = () =>
  profileLookup(
    createKlaviyoClient({ klaviyo: { apiKey: klaviyo.apiKey, apiUrl: klaviyo.url }, settings: settings() }).profiles,
  );

/** Gives Klaviyo a profile for each of these identifiers. */
async function know(identifiers: readonly { externalId?: string; email?: string }[]): Promise<void> {
  const { profiles } = sdkFor(klaviyo);
  for (const attributes of identifiers)
    await profiles.createProfile({ data: { type: ProfileEnum.Profile, attributes } });
  klaviyo.requests.length = 0;
}

const searches = () => klaviyo.requests.map(({ path }) => new URL(path, klaviyo.url).searchParams.get('filter'));

it('finds everybody in one search, whatever their ids, and takes nobody for another', async () => {
  const ids = AWKWARD.map((text) => `a${text}b`);
  await know(ids.map((externalId) => ({ externalId })));
  const { byExternalId } = lookup();
  const wanted = [...ids, 'unknown', 'A"B', 'aplainb,'];
  const found = await Promise.all(wanted.map(byExternalId));
  expect(found.map((profile) => profile?.externalId)).toEqual([...ids, undefined, undefined, undefined]);
  expect(searches()).toHaveLength(1);
});

it('asks once for somebody whom several messages look for', async () => {
  await know([{ externalId: 'lena' }]);
  const { byExternalId } = lookup();
  const found = await Promise.all(['lena', 'lena', 'lena'].map(byExternalId));
  expect(found.map((profile) => profile?.externalId)).toEqual(['lena', 'lena', 'lena']);
  expect(searches()).toEqual(['equals(external_id,"lena")']);
});

it('finds the others where Klaviyo refuses to search for one', async () => {
  const emails = [1, 2, 3, 4, 5].map((number) => `guest-${number}@example.org`);
  await know(emails.map((email) => ({ email })));
  klaviyo.faults.add({
    match: ({ path }) => path.includes('n%2Fa'),
    times: Number.POSITIVE_INFINITY,
    effect: { kind: 'status', status: 400 },
  });
  const { byEmail } = lookup();
  const found = await Promise.all([...emails.slice(0, 2), 'n/a', ...emails.slice(2)].map(byEmail));
  expect(found.map((profile) => profile?.email)).toEqual([...emails.slice(0, 2), undefined, ...emails.slice(2)]);
});
