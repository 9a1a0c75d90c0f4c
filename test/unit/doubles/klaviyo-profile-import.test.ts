import type { ProfileUpsertQueryResourceObjectAttributes } from 'klaviyo-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

type Attributes = ProfileUpsertQueryResourceObjectAttributes;

const USUAL = { importIdentity: 'external_id', importMatchesPhones: true, importChecksFirst: false } as const;
const PROFILES = '/data/attributes/profiles/data';
const ann = { email: 'ann@example.org' };
let klaviyo: KlaviyoStandIn;

beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => {
  klaviyo.reset();
  Object.assign(klaviyo, USUAL);
});
afterAll(() => {
  expect(klaviyo.violations).toEqual([]);
  return klaviyo.stop();
});

const profiles = () => sdkFor(klaviyo).profiles;

async function start(...all: Attributes[]): Promise<string> {
  const { body } = await profiles().bulkImportProfiles({
    data: {
      type: 'profile-bulk-import-job',
      attributes: { profiles: { data: all.map((attributes) => ({ type: 'profile', attributes })) } },
    },
  });
  return body.data.id;
}

const job = async (id: string) => (await profiles().getBulkImportProfilesJob(id)).body.data.attributes;
const errors = async (id: string) =>
  (await profiles().getErrorsForBulkImportProfilesJob(id)).body.data.map(({ attributes }) => attributes);

const create = (attributes: Attributes) => profiles().createProfile({ data: { type: 'profile', attributes } });

test('profiles are created and changed, and nobody is subscribed', async () => {
  await create({ ...ann, lastName: 'Lee' });
  const id = await start({ ...ann, firstName: 'Ann' }, { externalId: 'c2', email: 'bob@example.org' });

  expect(await job(id)).toMatchObject({ status: 'complete', totalCount: 2, completedCount: 2, failedCount: 0 });
  expect(await errors(id)).toEqual([]);
  expect(klaviyo.profileByEmail('ann@example.org')).toMatchObject({ first_name: 'Ann', last_name: 'Lee' });
  expect(klaviyo.profileByEmail('bob@example.org')?.external_id).toBe('c2');
  expect(klaviyo.consentOf('bob@example.org')).toBe('NEVER_SUBSCRIBED');
});

test('null clears nothing', async () => {
  await create({ ...ann, lastName: 'Lee', location: { city: 'Bonn' }, properties: { Size: 'M' } });
  await start({ ...ann, lastName: null, location: { city: null, zip: '53111' }, properties: { Size: null, Shoe: 42 } });

  expect(klaviyo.profileByEmail('ann@example.org')).toMatchObject({
    ...{ last_name: 'Lee', location: { city: 'Bonn', zip: '53111' }, properties: { Size: 'M', Shoe: 42 } },
  });
});

test('what cannot be a profile fails by itself, and is told with what was sent', async () => {
  const nobody = { firstName: 'Ann' };
  const id = await start({ email: 'nobody' }, ann, nobody, { ...ann, phoneNumber: '030 1' });

  expect(await job(id)).toMatchObject({ completedCount: 1, failedCount: 3 });
  expect(await errors(id)).toMatchObject([
    { source: { pointer: `${PROFILES}/0/attributes/email` }, originalPayload: { attributes: { email: 'nobody' } } },
    { source: { pointer: `${PROFILES}/2/attributes` } },
    { source: { pointer: `${PROFILES}/3/attributes/phone_number` } },
  ]);
});

test('errors are read page by page', async () => {
  const id = await start(...Array.from({ length: 101 }, () => ({ email: 'nobody' })));
  const first = await profiles().getErrorsForBulkImportProfilesJob(id, { pageSize: 100 });
  const cursor = { pageCursor: first.body.links?.next ?? '', pageSize: 100 };
  const second = await profiles().getErrorsForBulkImportProfilesJob(id, cursor);

  expect([first.body.data.length, second.body.data.length]).toEqual([100, 1]);
});

test('a bad value refuses all of it at once, if Klaviyo should do so', async () => {
  klaviyo.importChecksFirst = true;

  await expect(start(ann, { email: 'nobody' })).rejects.toMatchObject({
    response: { status: 400, data: { errors: [{ source: { pointer: `${PROFILES}/1/attributes/email` } }] } },
  });
  expect(klaviyo.state.profiles.size).toBe(0);
});

describe('of two profiles with the identifiers of one entry', () => {
  beforeEach(async () => {
    await create({ externalId: 'c1' });
    await create(ann);
  });

  const both = { ...ann, externalId: 'c1', firstName: 'Ann' };
  const named = () => [...klaviyo.state.profiles.values()].map(({ first_name }) => first_name);

  test.each([
    ['external_id', ['Ann', null]],
    ['email', [null, 'Ann']],
  ] as const)('the one by %s is written, and both keep what is theirs', async (importIdentity, names) => {
    klaviyo.importIdentity = importIdentity;

    expect(await job(await start(both))).toMatchObject({ completedCount: 1 });
    expect(named()).toEqual(names);
    expect(klaviyo.profileByEmail('ann@example.org')?.external_id).toBeNull();
  });

  test('none is written, if Klaviyo should refuse that', async () => {
    klaviyo.importIdentity = 'refused';

    expect(await errors(await start(both))).toMatchObject([{ code: 'duplicate_profile' }]);
    expect(named()).toEqual([null, null]);
  });
});

describe('a phone number that is another profile’s', () => {
  const phoneNumber = '+4930901820';

  beforeEach(() => create({ ...ann, phoneNumber }));

  test('takes over that profile', async () => {
    await start({ externalId: 'c2', email: 'bob@example.org', phoneNumber });

    expect([...klaviyo.state.profiles.values()]).toMatchObject([{ external_id: 'c2', email: 'bob@example.org' }]);
  });

  test('fails the entry, if Klaviyo should not match by it', async () => {
    klaviyo.importMatchesPhones = false;

    expect(await errors(await start({ externalId: 'c2', phoneNumber }))).toMatchObject([{ code: 'duplicate_profile' }]);
    expect(await job(await start({ ...ann, externalId: 'c1', phoneNumber }))).toMatchObject({ completedCount: 1 });
    expect(klaviyo.state.profiles.size).toBe(1);
  });
});

describe('an import is', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ externalId: `c${index}` }));

  test('of 10,000 profiles at most', async () => {
    await expect(start(...many(10_001))).rejects.toMatchObject({ response: { status: 400 } });
    await start(...many(10_000));

    expect(klaviyo.state.profiles.size).toBe(10_000);
  });

  test('of 100 KB a profile at most, and of 5 MB', async () => {
    const sized = (bytes: number) => ({ ...ann, properties: { text: 'x'.repeat(bytes) } });

    await expect(start(ann, sized(100_000))).rejects.toMatchObject({
      response: { status: 400, data: { errors: [{ source: { pointer: `${PROFILES}/1` } }] } },
    });
    await expect(start(...Array(51).fill(sized(99_000)))).rejects.toMatchObject({ response: { status: 400 } });
    expect(await job(await start(...Array(50).fill(sized(99_000))))).toMatchObject({ completedCount: 50 });
  });
});
