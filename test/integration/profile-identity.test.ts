import type { Customer } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { created, placed, updated } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [lena, jordan, jonas, siobhan, ines] = seeded('customer');
if (!lena || !jordan || !jonas || !siobhan || !ines) throw new Error('The seed lacks customers');

const guest = seeded('order').find(({ customerId }) => !customerId) ?? expect.unreachable();

const PHONE = '+491713920015';
const profile = ({ email }: { email: string }) => klaviyo.profileByEmail(email);
const isPatch = ({ method }: { method: string }) => method === 'PATCH';
const isWrite = ({ method }: { method: string }) => method !== 'GET';

/** Puts a profile into Klaviyo that did not come from commercetools, for instance of a newsletter form. */
async function signUp(attributes: Record<string, string>): Promise<void> {
  const { url, apiKey } = klaviyo;
  const headers = {
    authorization: `Klaviyo-API-Key ${apiKey}`,
    revision: '2026-07-15',
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ data: { type: 'profile', attributes } });
  const { status } = await fetch(`${url}/api/profiles`, { method: 'POST', headers, body });
  expect(status).toBe(201);
}

/** A guest orders with an e-mail address. */
async function guestOrder(customerEmail: string): Promise<void> {
  expect(await push(placed({ ...guest, customerEmail }))).toBe(204);
}

describe('two customers at one phone number are not mixed up', () => {
  const expectBoth = () => {
    expect(klaviyo.state.profiles).toHaveLength(2);
    expect(profile(lena)).toMatchObject({ external_id: lena.id, first_name: 'Lena', phone_number: PHONE });
    expect(profile(jonas)).toMatchObject({ external_id: jonas.id, first_name: 'Jonas', phone_number: null });
    expect(log.at(-1)).toMatchObject({ outcome: 'synced', severity: 'WARNING', warnings: [expect.any(String)] });
  };

  test('when the second is created', async () => {
    await push(fixture('CustomerCreated'));
    expect(await push(created(jonas))).toBe(204);
    expectBoth();
  });

  test('when the second is updated', async () => {
    await push(fixture('CustomerCreated'));
    expect(await push(updated(jonas))).toBe(204);
    expectBoth();
    expect(await push(updated(jonas))).toBe(204);
    expectBoth();
  });

  test('when Klaviyo does not say whose the number is', async () => {
    await push(fixture('CustomerCreated'));
    await push(updated(jonas));
    const body = { errors: [{ code: 'duplicate_profile' }] };
    klaviyo.faults.add({ match: isPatch, times: 7, effect: { kind: 'status', status: 409, body } });
    expect(await push(updated(jonas))).toBe(204);
    expectBoth();
  });

  test('the number goes to the second when the first gives it up', async () => {
    await push(fixture('CustomerCreated'));
    await push(updated(jonas));
    await shop.put('customer', { ...lena, addresses: [], billingAddressIds: [], defaultBillingAddressId: undefined });

    const [address] = lena.addresses.filter(({ id }) => id === lena.defaultBillingAddressId);
    await push({ ...fixture('CustomerAddressRemoved'), resource: { typeId: 'customer', id: lena.id }, address });
    expect(await push(updated(jonas))).toBe(204);
    expect(profile(lena)).toMatchObject({ phone_number: null });
    expect(profile(jonas)).toMatchObject({ phone_number: PHONE });
  });
});

describe('an e-mail address that went from one customer to another', () => {
  const lenaNow = { ...lena, email: 'lena.new@example.org' };

  async function handOver(customer: Customer, lenaFirst: boolean) {
    await push(fixture('CustomerCreated'));
    await push(updated(customer));
    const other = { ...customer, email: 'lena.brandt@example.org' };
    await shop.put('customer', lenaNow);
    await shop.put('customer', other);
    for (const one of lenaFirst ? [lenaNow, other] : [other, lenaNow]) expect(await push(updated(one))).toBe(204);
  }

  test.each([true, false])('takes no phone number along, with the update of the first first: %s', async (lenaFirst) => {
    await handOver(jordan, lenaFirst);
    expect(profile(lenaNow)).toMatchObject({ external_id: lena.id, phone_number: PHONE });
    expect(profile(lena)).toMatchObject({ external_id: jordan.id, phone_number: '+12125550162' });
  });

  test.each([true, false])('nor when the second has none that can be one: %s', async (lenaFirst) => {
    await handOver(siobhan, lenaFirst);
    expect(profile(lenaNow)).toMatchObject({ external_id: lena.id, phone_number: PHONE });
    expect(profile(lena)).toMatchObject({ external_id: siobhan.id, phone_number: null });
  });
});

describe('an e-mail address that its former customer gave up for one that Klaviyo does not take', () => {
  test.each(['jordan@nowhere', ines.email])('goes to the next customer all the same: %s', async (email) => {
    for (const one of [lena, jordan, ines]) await push(updated(one));
    await shop.put('customer', { ...jordan, email });
    await shop.put('customer', { ...lena, email: jordan.email, lastName: 'Neumann' });

    expect(await push(updated(lena))).toBe(204);
    expect(profile(jordan)).toMatchObject({ external_id: lena.id, last_name: 'Neumann', phone_number: PHONE });
    expect(profile(ines)).toMatchObject({ external_id: ines.id });
    expect([...klaviyo.state.profiles.values()]).toContainEqual(
      expect.objectContaining({ external_id: jordan.id, email: null, first_name: 'Jordan' }),
    );
  });
});

describe('an e-mail address that another profile holds', () => {
  test('of a sign-up, is merged into the customer who changes to it, with its history', async () => {
    await push(fixture('CustomerCreated'));
    await signUp({ email: 'lena.new@example.org', last_name: 'From the form', organization: 'Club' });
    const [former] = [...klaviyo.state.profiles.values()].filter(({ external_id }) => external_id === lena.id);
    await guestOrder('lena.new@example.org');
    await shop.put('customer', { ...lena, email: 'lena.new@example.org' });

    expect(await push(updated(lena))).toBe(204);
    expect(klaviyo.state.profiles).toHaveLength(1);
    expect(profile({ email: 'lena.new@example.org' })).toMatchObject({
      ...{ id: former?.id, external_id: lena.id, last_name: 'Brandt', phone_number: PHONE },
    });
    expect(klaviyo.eventsOf('Placed Order')).toMatchObject([{ profile_id: former?.id }]);
  });

  test('of a sign-up, is waited for when Klaviyo has not merged it yet', async () => {
    await push(fixture('CustomerCreated'));
    await signUp({ email: 'lena.new@example.org' });
    await shop.put('customer', { ...lena, email: 'lena.new@example.org' });
    klaviyo.mergeLag = 100;
    expect(await push(updated(lena))).toBe(500);
    expect(log.at(-1)).toMatchObject({ error: { class: 'RetryableError' } });
    klaviyo.mergeLag = 0;
    expect(await push(updated(lena))).toBe(204);
    expect(profile({ email: 'lena.new@example.org' })).toMatchObject({ external_id: lena.id, phone_number: PHONE });
    klaviyo.mergeLag = 1;
  });

  test('in other letters, is found', async () => {
    await push(updated(siobhan));
    await signUp({ email: 'siobhan.new@example.org' });
    await shop.put('customer', { ...siobhan, email: 'Siobhan.New@Example.org' });

    expect(await push(updated(siobhan))).toBe(204);
    expect(profile({ email: 'siobhan.new@example.org' })).toMatchObject({ external_id: siobhan.id });
  });

  test('of a sign-up, keeps what a new customer does not tell', async () => {
    await shop.remove('customer', ines.id);
    const isNew = await shop.put('customer', { ...ines, version: 1 });
    await signUp({
      email: ines.email,
      first_name: 'I.',
      phone_number: '+33612345678',
      organization: 'Club',
      locale: 'fr-FR',
    });

    expect(await push(created(isNew))).toBe(204);
    expect(profile(ines)).toMatchObject({
      ...{ external_id: ines.id, first_name: 'Inès' },
      ...{ phone_number: '+33612345678', organization: 'Club', locale: 'fr-FR' },
    });
    await push(updated(ines));
    expect(profile(ines)).toMatchObject({ phone_number: '+33612345678', organization: 'Club', locale: 'fr-FR' });
  });

  test('of a sign-up, becomes the customer by one profile', async () => {
    await signUp({ email: lena.email, first_name: 'L.' });

    expect(await push(fixture('CustomerCreated'))).toBe(204);
    expect(klaviyo.state.profiles).toHaveLength(1);
    expect(profile(lena)).toMatchObject({ external_id: lena.id, first_name: 'Lena', phone_number: PHONE });
  });

  test.each(["o'hara@example.org", 'o"hara@example.org', 'o\\hara"@example.org'])(
    'is linked by a filter that %s does not break',
    async (email) => {
      await push(updated(siobhan));
      await signUp({ email: 'innocent@example.org', first_name: 'Innocent' });
      if (email !== siobhan.email) await signUp({ email });
      await shop.put('customer', { ...siobhan, email });

      expect(await push(updated(siobhan))).toBe(204);
      expect(profile({ email })).toMatchObject({ external_id: siobhan.id, last_name: "O'Hara" });
      expect(profile({ email: 'innocent@example.org' })).toMatchObject({ external_id: null, first_name: 'Innocent' });
      expect([...klaviyo.state.profiles.values()].filter((one) => one.external_id === siobhan.id)).toHaveLength(1);
    },
  );

  test('is left to the other profile, and the message to the dead letters, when linking is switched off', async () => {
    const own = await functionForTest({ KLAVIYO_SYNC_SETTINGS: '{"customers":{"linkByEmail":false}}' });
    await own.push(updated(siobhan));
    await own.push(fixture('CustomerCreated'));
    await own.shop.put('customer', { ...siobhan, email: lena.email });

    expect(await own.push(updated(siobhan))).toBe(500);
    expect(own.klaviyo.profileByEmail(lena.email)).toMatchObject({ external_id: lena.id });
    expect(own.log.at(-1)).toMatchObject({ error: { class: 'PermanentError', status: 409 } });
  });
});

describe('a phone number that Klaviyo refuses costs the number and nothing else', () => {
  const refusalAt = (pointer?: string) => ({ errors: [{ code: 'invalid', source: { pointer } }] });
  const refusal = refusalAt('/data/attributes/phone_number');

  test.each(['/data', '/data/attributes/phoneNumber', undefined])('wherever Klaviyo points: %s', async (pointer) => {
    const isPost = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path === '/api/profiles';
    for (const match of [isPost, isPatch])
      klaviyo.faults.add({ match, effect: { kind: 'status', status: 400, body: refusalAt(pointer) } });

    expect(await push(fixture('CustomerCreated'))).toBe(204);
    expect(profile(lena)).toMatchObject({ external_id: lena.id, last_name: 'Brandt', phone_number: null });
  });

  test('at a creation', async () => {
    klaviyo.faults.add({ effect: { kind: 'status', status: 400, body: refusal } });
    klaviyo.faults.add({ match: isPatch, effect: { kind: 'status', status: 400, body: refusal } });

    expect(await push(fixture('CustomerCreated'))).toBe(204);
    expect(profile(lena)).toMatchObject({ external_id: lena.id, last_name: 'Brandt', phone_number: null });
    expect(log).toMatchObject([{ outcome: 'synced', severity: 'WARNING' }]);
  });

  test('at an update', async () => {
    klaviyo.faults.add({ match: isPatch, effect: { kind: 'status', status: 400, body: refusal } });

    expect(await push(updated(lena))).toBe(204);
    expect(profile(lena)).toMatchObject({ external_id: lena.id, last_name: 'Brandt', phone_number: null });
    expect(log).toMatchObject([{ outcome: 'synced', severity: 'WARNING' }]);
  });

  test('but a 400 about something else is an error', async () => {
    const body = refusalAt('/data/attributes/locale');
    klaviyo.faults.add({ match: isWrite, times: 3, effect: { kind: 'status', status: 400, body } });

    expect(await push(fixture('CustomerCreated'))).toBe(500);
    expect(log).toMatchObject([{ error: { status: 400, code: 'invalid', pointer: '/data/attributes/locale' } }]);
  });
});
