import type { ProfileUpsertQueryResourceObjectAttributes } from 'klaviyo-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

type Attributes = ProfileUpsertQueryResourceObjectAttributes;

const PHONE = '+4930901820';
let klaviyo: KlaviyoStandIn;
let api: ReturnType<typeof sdkFor>['profiles'];

beforeAll(async () => {
  klaviyo = await startKlaviyo();
  api = sdkFor(klaviyo).profiles;
});
beforeEach(() => klaviyo.reset());
afterAll(() => klaviyo.stop());

const create = (attributes: Attributes) => api.createProfile({ data: { type: 'profile', attributes } });
const upsert = (attributes: Attributes, id?: string) =>
  api.createOrUpdateProfile({ data: { type: 'profile', attributes, ...(id === undefined ? {} : { id }) } });
const patch = (id: string, attributes: Attributes) =>
  api.updateProfile(id, { data: { type: 'profile', id, attributes } });

async function idOf(attributes: Attributes): Promise<string> {
  return (await create(attributes)).body.data.id ?? '';
}

function refusal(status: number, error: Record<string, unknown>) {
  return { response: { status, data: { errors: [error] } } };
}

const duplicateOf = (id: string) =>
  refusal(409, { status: 409, code: 'duplicate_profile', meta: { duplicate_profile_id: id } });

const invalidAt = (pointer: string) => refusal(400, { code: 'invalid', source: { pointer } });

describe('POST /api/profiles', () => {
  test('creates a profile and shows it, with null for what is absent', async () => {
    const { response, body } = await create({
      email: 'ann@example.org',
      firstName: 'Ann',
      location: { city: 'Berlin' },
    });

    expect(response.status).toBe(201);
    expect(body.data.attributes).toMatchObject({ email: 'ann@example.org', firstName: 'Ann', phoneNumber: null });
    expect(klaviyo.profileByEmail('Ann@Example.org')).toMatchObject({
      id: body.data.id,
      first_name: 'Ann',
      last_name: null,
      location: { city: 'Berlin', zip: null },
    });
  });

  test.each([{ email: 'ANN@example.org' }, { phoneNumber: PHONE }, { externalId: 'c1' }])(
    'conflicts with whoever has %o',
    async (identifier) => {
      const id = await idOf({ email: 'ann@example.org', phoneNumber: PHONE, externalId: 'c1' });

      await expect(create({ email: 'new@example.org', ...identifier })).rejects.toMatchObject(duplicateOf(id));
      expect(klaviyo.state.profiles.size).toBe(1);
    },
  );

  test.each<[Attributes, string]>([
    [{ phoneNumber: '030 901820' }, '/data/attributes/phone_number'],
    [{ phoneNumber: '+49123' }, '/data/attributes/phone_number'],
    [{ email: 'ann@example' }, '/data/attributes/email'],
    [{ email: 'ann at example.org' }, '/data/attributes/email'],
    [{ firstName: 'Ann' }, '/data/attributes'],
  ])('refuses %o', async (attributes, pointer) => {
    await expect(create(attributes)).rejects.toMatchObject(invalidAt(pointer));
    expect(klaviyo.state.profiles.size).toBe(0);
  });
});

describe('POST /api/profile-import', () => {
  test('creates, then updates: null clears, what is absent stays, location and properties are merged', async () => {
    const created = await upsert({
      ...{ email: 'ann@example.org', externalId: 'c1', firstName: 'Ann', lastName: 'Lee', title: 'Dr' },
      location: { city: 'Berlin', zip: '10115' },
      properties: { size: 'M', vip: true },
    });
    const updated = await upsert({
      ...{ externalId: 'c1', lastName: null, title: 'Prof' },
      // The SDK's types do not say that parts of a location may be cleared; its serializer sends null all the same.
      location: { ...JSON.parse('{"zip":null}'), country: 'DE' },
      properties: { size: 'L' },
    });

    expect([created.response.status, updated.response.status]).toEqual([201, 200]);
    expect(updated.body.data.id).toBe(created.body.data.id);
    expect(klaviyo.profileByEmail('ann@example.org')).toMatchObject({
      ...{ external_id: 'c1', first_name: 'Ann', last_name: null, title: 'Prof' },
      location: { city: 'Berlin', zip: null, country: 'DE' },
      properties: { size: 'L', vip: true },
    });
  });

  test('conflicts when its identifiers are those of two profiles, naming the other one', async () => {
    await create({ externalId: 'c1', email: 'ann@example.org' });
    const bob = await idOf({ email: 'bob@example.org' });

    await expect(upsert({ externalId: 'c1', email: 'bob@example.org' })).rejects.toMatchObject(duplicateOf(bob));
  });

  test('lets a shared phone number take over the profile of its holder', async () => {
    const ann = await idOf({ email: 'ann@example.org', firstName: 'Ann', phoneNumber: PHONE });
    const { response } = await upsert({ email: 'bob@example.org', firstName: 'Bob', phoneNumber: PHONE });

    expect(response.status).toBe(200);
    expect(klaviyo.profileByEmail('ann@example.org')).toBeUndefined();
    expect(klaviyo.profileByEmail('bob@example.org')).toMatchObject({ id: ann, first_name: 'Bob' });
  });

  test('finds by the given id, and refuses one that is unknown', async () => {
    const id = await idOf({ email: 'ann@example.org' });
    await upsert({ email: 'anna@example.org' }, id);

    expect(klaviyo.state.profiles.get(id)?.email).toBe('anna@example.org');
    await expect(upsert({ email: 'bob@example.org' }, 'nobody')).rejects.toMatchObject({ response: { status: 404 } });
  });
});

describe('PATCH /api/profiles/{id}', () => {
  test('changes what is given', async () => {
    const id = await idOf({ email: 'ann@example.org' });
    const { response } = await patch(id, { phoneNumber: PHONE });

    expect(response.status).toBe(200);
    expect(klaviyo.state.profiles.get(id)).toMatchObject({ email: 'ann@example.org', phone_number: PHONE });
  });

  test('conflicts over an identifier of another profile', async () => {
    const ann = await idOf({ email: 'ann@example.org', phoneNumber: PHONE });
    const bob = await idOf({ email: 'bob@example.org' });

    await expect(patch(bob, { phoneNumber: PHONE })).rejects.toMatchObject(duplicateOf(ann));
    await expect(patch('nobody', {})).rejects.toMatchObject({ response: { status: 404 } });
  });
});

test('GET shows only the fields that are asked for', async () => {
  await create({ email: 'ann@example.org', location: { city: 'Berlin', country: 'DE' } });
  const { response } = await api.getProfiles({
    filter: 'equals(email,"ann@example.org")',
    fieldsProfile: ['email', 'location.city'],
  });

  expect(response.data).toMatchObject({ data: [{ type: 'profile', id: expect.any(String) }] });
  expect(JSON.parse(JSON.stringify(response.data)).data[0].attributes).toEqual({
    email: 'ann@example.org',
    location: { city: 'Berlin' },
  });
});
