import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

let klaviyo: KlaviyoStandIn;
let api: ReturnType<typeof sdkFor>;
beforeAll(async () => {
  klaviyo = await startKlaviyo();
  api = sdkFor(klaviyo);
});
beforeEach(() => {
  klaviyo.reset();
  Object.assign(klaviyo, { jobLag: 0, doubleOptIn: false });
});
afterAll(() => klaviyo.stop());

const ANN = 'ann@example.org';
const PHONE = '+4930901820';
const listed = (id?: string) => (id ? { relationships: { list: { data: { type: 'list' as const, id } } } } : {});

const subscribe = (attributes: object, list?: string, more: object = {}, id?: string) =>
  api.profiles.bulkSubscribeProfiles({
    data: {
      type: 'profile-subscription-bulk-create-job',
      attributes: { profiles: { data: [{ type: 'profile', id, attributes: attributes as never }] }, ...more },
      ...listed(list),
    },
  });
const unsubscribe = (attributes: object, list?: string) =>
  api.profiles.bulkUnsubscribeProfiles({
    data: {
      type: 'profile-subscription-bulk-delete-job',
      attributes: { profiles: { data: [{ type: 'profile', attributes: attributes as never }] } },
      ...listed(list),
    },
  });
const yes = { email: ANN, subscriptions: { email: { marketing: { consent: 'SUBSCRIBED' } } } };
const yesToTexts = { phoneNumber: PHONE, subscriptions: { sms: { marketing: { consent: 'SUBSCRIBED' } } } };
const no = { email: ANN, subscriptions: { email: { marketing: { consent: 'UNSUBSCRIBED' } } } };

const create = async (attributes: object) =>
  (await api.profiles.createProfile({ data: { type: 'profile', attributes } })).body.data.id ?? '';

async function recordOf(id: string) {
  const { response } = await api.profiles.getProfile(id, {
    additionalFieldsProfile: ['subscriptions'],
    fieldsProfile: ['subscriptions'],
  });
  return (response.data as { data: { attributes: { subscriptions: Record<string, { marketing: object }> } } }).data
    .attributes;
}
const refused = (pointer: RegExp) => ({
  response: { status: 400, data: { errors: [{ source: { pointer: expect.stringMatching(pointer) } }] } },
});

describe('a subscription', () => {
  test('is recorded with time and source, on demand shown, and puts the profile on the list', async () => {
    const id = await create({ email: ANN });
    expect((await recordOf(id)).subscriptions.email?.marketing).toMatchObject({
      consent: 'NEVER_SUBSCRIBED',
      last_updated: null,
    });
    const before = new Date().toISOString();
    expect((await subscribe(yes, 'L1', { customSource: 'shop' })).response.status).toBe(202);
    const { email } = (await recordOf(id)).subscriptions;
    expect(email?.marketing).toMatchObject({
      consent: 'SUBSCRIBED',
      custom_method_detail: 'shop',
      can_receive_email_marketing: true,
    });
    expect(Reflect.get(email?.marketing ?? {}, 'last_updated') >= before).toBe(true);
    expect((await api.profiles.getListIdsForProfile(id)).body.data).toMatchObject([{ type: 'list', id: 'L1' }]);
    expect((await api.profiles.getProfile(id)).response.data).not.toHaveProperty('data.attributes.subscriptions');
  });

  test('creates a profile where there is none, and is of one channel', async () => {
    await subscribe(yesToTexts);
    const [profile] = klaviyo.state.profiles.values();
    expect(profile).toMatchObject({ phone_number: PHONE, email: null });
    const { subscriptions } = await recordOf(profile?.id ?? '');
    expect(subscriptions).toMatchObject({
      email: { marketing: { consent: 'NEVER_SUBSCRIBED' } },
      sms: { marketing: { consent: 'SUBSCRIBED', can_receive_sms_marketing: true } },
    });
  });

  test('lifts a withdrawal', async () => {
    const id = await create({ email: ANN });
    await unsubscribe(no);
    expect((await recordOf(id)).subscriptions.email?.marketing).toMatchObject({
      suppression: [{ reason: 'UNSUBSCRIBE' }],
    });
    await subscribe(yes);
    expect((await recordOf(id)).subscriptions.email?.marketing).toMatchObject({
      consent: 'SUBSCRIBED',
      suppression: [],
    });
  });

  test('is done a few calls later, if that is asked for', async () => {
    const id = await create({ email: ANN });
    klaviyo.jobLag = 1;
    await subscribe(yes);
    expect(klaviyo.consentOf(ANN)).toBe('NEVER_SUBSCRIBED');
    await recordOf(id);
    await recordOf(id);
    expect(klaviyo.consentOf(ANN)).toBe('SUBSCRIBED');
    await unsubscribe(no);
    klaviyo.finishJobs();
    expect(klaviyo.consentOf(ANN)).toBe('UNSUBSCRIBED');
  });

  test('waits to be confirmed with double opt-in', async () => {
    await create({ email: ANN });
    klaviyo.doubleOptIn = true;
    await subscribe(yes, 'L1');
    expect(klaviyo.consentOf(ANN)).toBe('NEVER_SUBSCRIBED');
    klaviyo.confirm();
    expect(klaviyo.consentOf(ANN)).toBe('SUBSCRIBED');
  });

  test.each([
    ['without an e-mail address', { subscriptions: yes.subscriptions }, {}, /attributes\/email$/],
    ['without a phone number', { email: ANN, subscriptions: yesToTexts.subscriptions }, {}, /phone_number$/],
    ['with a number that is none', { ...yesToTexts, phoneNumber: '12' }, {}, /phone_number$/],
    ['to nothing', { email: ANN, subscriptions: {} }, {}, /subscriptions$/],
    ['without its time in a historical import', yes, { historicalImport: true }, /attributes$/],
  ])('%s is refused', async (_, attributes, more, pointer) => {
    await expect(subscribe(attributes, undefined, more)).rejects.toMatchObject(refused(pointer));
  });
});

describe('a withdrawal', () => {
  test('from a list takes who is on it off the list, and who is not off everything', async () => {
    const id = await create({ email: ANN });
    await subscribe(yes, 'L1');
    await unsubscribe(no, 'L1');
    expect(klaviyo.consentOf(ANN)).toBe('SUBSCRIBED');
    expect((await recordOf(id)).subscriptions.email?.marketing).toMatchObject({
      list_suppressions: [{ list_id: 'L1' }],
    });
    await unsubscribe(no, 'L1');
    expect(klaviyo.consentOf(ANN)).toBe('UNSUBSCRIBED');
  });
});

describe('an erasure', () => {
  const erase = (data: object) =>
    api.dataPrivacy.requestProfileDeletion({
      data: { type: 'data-privacy-deletion-job', attributes: { profile: { data: data as never } } },
    });
  const type = 'profile';

  test('takes the profile with its events, its consents and its lists, and nobody else', async () => {
    const id = await create({ email: ANN });
    await create({ email: 'bea@example.org' });
    await subscribe(yes, 'L1');
    const metric = { data: { type: 'metric' as const, attributes: { name: 'Placed Order' } } };
    const profile = { data: { type: 'profile' as const, attributes: { email: ANN } } };
    await api.events.createEvent({ data: { type: 'event', attributes: { metric, profile, properties: {} } } });
    expect((await erase({ type, id, attributes: {} })).response.status).toBe(202);
    expect([...klaviyo.state.profiles.values()].map(({ email }) => email)).toEqual(['bea@example.org']);
    expect([
      klaviyo.state.events.length,
      klaviyo.state.subscriptions.size,
      klaviyo.state.lists.get('L1')?.size,
    ]).toEqual([0, 0, 0]);
    expect(klaviyo.state.erased).toMatchObject([{ id, email: ANN }]);
  });

  test.each([
    ['no identifier', { type, attributes: {} }],
    ['two identifiers', { type, id: 'x', attributes: { email: ANN } }],
  ])('with %s is refused', async (_, data) => {
    await expect(erase(data)).rejects.toMatchObject({ response: { status: 400 } });
  });
});
