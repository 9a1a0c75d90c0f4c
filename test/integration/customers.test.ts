import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { aboutCustomer, created, updated } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [lena, jordan, jonas, siobhan, ines] = seeded('customer');
if (!lena || !jordan || !jonas || !siobhan || !ines) throw new Error('The seed lacks customers');

const LENA = {
  external_id: lena.id,
  email: 'lena.brandt@example.org',
  first_name: 'Lena',
  last_name: 'Brandt',
  title: 'Dr.',
  organization: 'Werkhof Brandt',
  locale: 'de-DE',
  phone_number: '+491713920015',
  location: {
    address1: '3, 7a, Beispielallee',
    address2: 'Hinterhaus, c/o Brandt',
    city: 'München',
    region: 'Bayern',
    zip: '80331',
    country: 'DE',
  },
};
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const profile = ({ email }: { email: string }) => klaviyo.profileByEmail(email);
const calls = () => klaviyo.requests.map(({ method, path }) => `${method} ${path.replace(/01\w{24}/, '{id}')}`);

describe('a customer becomes a profile', () => {
  test('with every field, by one call when it is new', async () => {
    expect(await push(fixture('CustomerCreated'))).toBe(204);
    expect(profile(lena)).toMatchObject(LENA);
    expect(calls()).toEqual(['POST /api/profiles']);
  });

  test('from the current customer when the payload was not included', async () => {
    expect(await push(fixture('CustomerCreated.payloadNotIncluded'))).toBe(204);
    expect(profile(lena)).toMatchObject(LENA);
  });

  test('with a US number and the first billing address where none is the default', async () => {
    expect(await push(created(jordan))).toBe(204);
    expect(profile(jordan)).toMatchObject({
      external_id: jordan.id,
      phone_number: '+12125550162',
      locale: 'en-US',
      location: { address1: 'Apt 9, 415, Example Ave', city: 'New York', region: 'NY', zip: '10001', country: 'US' },
    });
  });

  test('with the custom fields false, 0 and "", which are values', async () => {
    expect(await push(fixture('ResourceUpdated.customer'))).toBe(204);
    expect(profile(ines)).toMatchObject({
      first_name: 'Inès',
      phone_number: null,
      properties: { newsletter: false, loyaltyPoints: 0, nickname: '', shoeSize: 38.5, sports: ['climbing', 'skiing'] },
    });
  });

  test('without a locale that is no full tag', async () => {
    expect(await push(created(jonas))).toBe(204);
    expect(profile(jonas)).toMatchObject({ first_name: 'Jonas', locale: null });
  });

  test('without a phone number that cannot be one', async () => {
    expect(await push(created(siobhan))).toBe(204);
    expect(profile(siobhan)).toMatchObject({ first_name: 'Siobhán "Shiv"', phone_number: null });
    expect(await push(updated(siobhan))).toBe(204);
    expect(profile(siobhan)).toMatchObject({ last_name: "O'Hara", phone_number: null });
  });

  test('whose emptied fields are kept by an update, and cleared by the messages that say so', async () => {
    await push(fixture('CustomerCreated'));
    const { title, companyName, locale, addresses, defaultBillingAddressId, ...rest } = lena;
    await shop.put('customer', { ...rest, addresses: [], billingAddressIds: [] });

    expect(await push(updated(lena))).toBe(204);
    expect(profile(lena)).toMatchObject(LENA);
    const home = addresses.find(({ id }) => id === defaultBillingAddressId);
    for (const message of [
      fixture('CustomerTitleSet'),
      fixture('CustomerCompanyNameSet'),
      { ...fixture('CustomerAddressRemoved'), resource: { typeId: 'customer', id: lena.id }, address: home },
    ])
      expect(await push(message)).toBe(204);
    expect(profile(lena)).toMatchObject({
      first_name: 'Lena',
      title: null,
      organization: null,
      locale: 'de-DE',
      phone_number: null,
      location: { address1: null, address2: null, city: null, region: null, zip: null, country: null },
    });
  });

  test('that stays the same one when the e-mail address changes', async () => {
    await push(fixture('CustomerCreated'));
    await shop.put('customer', { ...lena, email: 'lena@example.org' });

    expect(await push(updated(lena))).toBe(204);
    expect(klaviyo.state.profiles).toHaveLength(1);
    expect(profile({ email: 'lena@example.org' })).toMatchObject({ external_id: lena.id });
  });

  test('not at all when it is gone from commercetools', async () => {
    await shop.remove('customer', ines.id);

    expect(await push(fixture('ResourceUpdated.customer'))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
    expect(log).toMatchObject([{ outcome: 'gone', resource: { id: ines.id } }]);
  });
});

test('custom fields wait to be cleared until commercetools lets the former type be read again', async () => {
  const body = { statusCode: 401, message: 'expired', errors: [{ code: 'invalid_token', message: 'expired' }] };
  const match = ({ path }: { path: string }) => path.includes('/types/');
  shop.faults.add({ match, times: Number.POSITIVE_INFINITY, effect: { kind: 'status', status: 401, body } });
  expect(await push(fixture('CustomerCustomTypeSet'))).toBe(500);
  expect(log.at(-1)).toMatchObject({ error: { class: 'CredentialsError', status: 401 } });
});

describe('a late notification never overwrites a newer update', () => {
  const married = { ...lena, lastName: 'Neumann' };

  test('a CustomerCreated from two minutes ago is only a trigger', async () => {
    await shop.put('customer', married);

    expect(await push(fixture('CustomerCreated'), { publishTime: minutesAgo(2) })).toBe(204);
    expect(profile(lena)).toMatchObject({ last_name: 'Neumann' });
  });

  test('nor does a fresh CustomerCreated after the update was synced', async () => {
    await shop.put('customer', married);
    await push(updated(lena));

    expect(await push(fixture('CustomerCreated'))).toBe(204);
    expect(profile(lena)).toMatchObject({ ...LENA, last_name: 'Neumann' });
  });

  test('a redelivered CustomerCreated of a customer who is gone changes nothing', async () => {
    await shop.remove('customer', lena.id);

    expect(await push(fixture('CustomerCreated'), { publishTime: minutesAgo(2) })).toBe(204);
    expect(klaviyo.requests).toEqual([]);
  });
});

test('custom fields are included, excluded and renamed by the settings', async () => {
  const customers = { customFields: { exclude: ['spent'], map: { newsletter: 'Wants newsletter' } } };
  const own = await functionForTest({ KLAVIYO_SYNC_SETTINGS: JSON.stringify({ customers }) });

  expect(await own.push(aboutCustomer(ines.id))).toBe(204);
  const properties = own.klaviyo.profileByEmail(ines.email)?.properties;
  expect(properties).toMatchObject({ 'Wants newsletter': false, loyaltyPoints: 0 });
  expect(Object.keys(properties ?? {})).not.toContain('spent');
  expect(Object.keys(properties ?? {})).not.toContain('newsletter');
});
