import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { created, customerSet, placed, updated } from './notifications.ts';
import { functionForAll } from './support.ts';

const consent = {
  email: { customerField: 'news', orderField: 'news', list: 'L1' },
  sms: { customerField: 'texts', orderField: 'texts' },
};
const { klaviyo, shop, push, log } = await functionForAll({ KLAVIYO_SYNC_SETTINGS: JSON.stringify({ consent }) });

const [lena, , jonas] = seeded('customer');
const [order] = seeded('order');
if (!lena || !jonas || !order) throw new Error('The seed lacks customers');

const PHONE = '+491713920015';
const type = { typeId: 'type' as const, id: 'consents' };
const saying = (customer: typeof lena, fields: Record<string, unknown>) => ({ ...customer, custom: { type, fields } });
const createdAt = () => new Date().toISOString();

const signsUp = async (fields: Record<string, unknown>, customer = lena) => {
  await shop.put('customer', saying(customer, fields));
  return { ...created(saying(customer, fields)), createdAt: createdAt() };
};
const changes = async (name: string, value: boolean, customer = lena) => {
  await shop.put('customer', saying(customer, { [name]: value }));
  const payload = { name, value, previousValue: !value, createdAt: createdAt() };
  return customerSet('CustomerCustomFieldChanged', customer, payload);
};
/** Two decisions of one millisecond have no order. */
const aMomentLater = () => sleep(5);
const jobs = () =>
  klaviyo.requests.flatMap(({ path }) => /profile-subscription-bulk-(create|delete)/.exec(path)?.[1] ?? []);
const consentOf = (channel?: 'email' | 'sms') => klaviyo.consentOf(lena.email, channel);

describe('a customer', () => {
  test('who signs up with a yes is subscribed, by one call a channel, on the list', async () => {
    expect(await push(await signsUp({ news: true, texts: true }))).toBe(204);
    expect([consentOf(), consentOf('sms'), jobs()]).toEqual(['SUBSCRIBED', 'SUBSCRIBED', ['create', 'create']]);
    const [profile] = klaviyo.state.profiles.values();
    expect([...(klaviyo.state.lists.get('L1') ?? [])]).toEqual([profile?.id]);
    expect(klaviyo.state.profiles).toHaveLength(1);
  });

  test('who changes the mind is subscribed and unsubscribed', async () => {
    expect(await push(await signsUp({ texts: false }))).toBe(204);
    expect(await push(await changes('texts', true))).toBe(204);
    expect(consentOf('sms')).toBe('SUBSCRIBED');
    expect(await push(await changes('texts', false))).toBe(204);
    expect(consentOf('sms')).toBe('UNSUBSCRIBED');
    expect(jobs()).toEqual(['create', 'delete']);
  });

  test('is unsubscribed with the phone number of the profile, which commercetools may not have any more', async () => {
    expect(await push(await signsUp({ texts: true }))).toBe(204);
    expect(consentOf('sms')).toBe('SUBSCRIBED');
    const message = await changes('texts', false, { ...lena, addresses: [] });
    expect(await push(message)).toBe(204);
    expect(consentOf('sms')).toBe('UNSUBSCRIBED');
  });

  test('leaves the list, and no other', async () => {
    await push(await signsUp({ news: true }));
    const [profile] = klaviyo.state.profiles.keys();
    klaviyo.state.lists.set('L2', new Set([profile ?? '']));
    expect(await push(await changes('news', false))).toBe(204);
    expect([klaviyo.state.lists.get('L1')?.size, klaviyo.state.lists.get('L2')?.size]).toEqual([0, 1]);
    expect(consentOf()).toBe('SUBSCRIBED');
  });

  test('who is not on the list is not unsubscribed from everything, but looked for again at first', async () => {
    await push(await signsUp({ news: false }));
    const message = await changes('news', false);
    expect(await push(message)).toBe(500);
    expect(await push({ ...message, createdAt: '2026-05-20T08:00:00.000Z' })).toBe(204);
    expect(jobs()).toEqual([]);
  });

  test('is subscribed once, however often it is told', async () => {
    const message = await signsUp({ news: true });
    for (let time = 0; time < 3; time++) expect(await push(message)).toBe(204);
    expect(jobs()).toEqual(['create']);
  });

  test('is not subscribed again who has unsubscribed in Klaviyo since', async () => {
    const message = await signsUp({ news: true });
    await push(message);
    const [profile] = klaviyo.state.profiles.values();
    klaviyo.unsubscribe(profile?.email ?? '');
    expect(await push(message)).toBe(204);
    expect(await push(updated(lena))).toBe(204);
    expect(consentOf()).toBe('UNSUBSCRIBED');
  });

  test('is subscribed again who unsubscribed in Klaviyo before', async () => {
    await push(await signsUp({}));
    klaviyo.unsubscribe(lena.email);
    await aMomentLater();
    expect(await push(await changes('news', true))).toBe(204);
    expect(consentOf()).toBe('SUBSCRIBED');
  });

  test('is not unsubscribed who has subscribed elsewhere since', async () => {
    await push(await signsUp({}));
    const message = await changes('texts', false);
    await aMomentLater();
    klaviyo.subscribe(lena.email, 'sms');
    expect(await push(message)).toBe(204);
    expect(consentOf('sms')).toBe('SUBSCRIBED');
  });

  test('is unsubscribed in the end who says no while being subscribed', async () => {
    const message = await signsUp({ texts: true });
    const match = ({ path }: { path: string }) => path.endsWith('bulk-create-jobs');
    const withdrawn = Promise.withResolvers<void>();
    const effect = { kind: 'held', onApplied: withdrawn.resolve, until: withdrawn.promise.then(withdraw) } as const;
    async function withdraw() {
      await shop.put('customer', saying(lena ?? expect.unreachable(), { texts: false }));
    }
    klaviyo.faults.add({ match, effect });
    expect(await push(message)).toBe(204);
    expect(consentOf('sms')).toBe('UNSUBSCRIBED');
  });

  test('is unsubscribed who says no before Klaviyo has carried out the yes', async () => {
    klaviyo.jobLag = 20;
    await push(await signsUp({ texts: true }));
    const message = await changes('texts', false);
    await aMomentLater();
    klaviyo.finishJobs();
    klaviyo.jobLag = 0;
    expect(consentOf('sms')).toBe('SUBSCRIBED');
    expect(await push(message)).toBe(204);
    expect(consentOf('sms')).toBe('UNSUBSCRIBED');
  });

  test('has to confirm where Klaviyo asks for that', async () => {
    klaviyo.doubleOptIn = true;
    expect(await push(await signsUp({ news: true }))).toBe(204);
    expect(consentOf()).toBe('NEVER_SUBSCRIBED');
    klaviyo.confirm();
    klaviyo.doubleOptIn = false;
    expect(consentOf()).toBe('SUBSCRIBED');
  });
});

describe('a phone number', () => {
  test('that Klaviyo refuses costs a warning, and no other consent', async () => {
    const body = { errors: [{ code: 'invalid', detail: 'Invalid phone number', source: { pointer: '/data' } }] };
    const match = ({ path, body: sent }: { path: string; body?: unknown }) =>
      path.endsWith('bulk-create-jobs') && JSON.stringify(sent).includes('sms');
    klaviyo.faults.add({ match, effect: { kind: 'status', status: 400, body } });
    expect(await push(await signsUp({ news: true, texts: true }))).toBe(204);
    expect([consentOf(), consentOf('sms')]).toEqual(['SUBSCRIBED', 'NEVER_SUBSCRIBED']);
    expect(log.at(-1)).toMatchObject({ warnings: [expect.stringContaining('refused the phone number')] });
  });

  test('that another profile has subscribes nobody', async () => {
    await push(await signsUp({ texts: false }, jonas));
    expect(klaviyo.profileByEmail(jonas.email)).toMatchObject({ phone_number: PHONE });
    expect(await push(await signsUp({ news: true, texts: true }))).toBe(204);
    expect([consentOf(), klaviyo.consentOf(jonas.email, 'sms')]).toEqual(['SUBSCRIBED', 'NEVER_SUBSCRIBED']);
  });
});

describe('an order that says yes', () => {
  const ordered = (more: object) => ({
    ...placed({ ...order, custom: { type, fields: { news: true, texts: true } }, ...more }),
    createdAt: createdAt(),
  });

  test('subscribes a guest by e-mail and phone number', async () => {
    const billingAddress = { country: 'DE', phone: '030 2312599' };
    expect(await push(ordered({ customerId: undefined, customerEmail: 'noor.gast@example.org', billingAddress }))).toBe(
      204,
    );
    expect(klaviyo.consentOf('noor.gast@example.org')).toBe('SUBSCRIBED');
    expect(jobs()).toEqual(['create', 'create']);
  });

  test('subscribes its customer', async () => {
    await push(await signsUp({}));
    expect(await push(ordered({}))).toBe(204);
    expect([consentOf(), consentOf('sms')]).toEqual(['SUBSCRIBED', 'SUBSCRIBED']);
  });
});
