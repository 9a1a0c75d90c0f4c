import type { Customer } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { CredentialsError } from '../../shared/errors.ts';
import { runCustomers } from '../../shared/history/customers/customers.ts';
import { createProfile } from '../doubles/klaviyo/profile-identity.ts';
import { EVENT_IDENTITIES } from '../doubles/klaviyo/settings.ts';
import type { Profile } from '../doubles/klaviyo/state.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { differencesOf, historyForAll, reasonsOf, type TestHistory, writesOf } from './history.ts';

const { shop, klaviyo, run, set } = await historyForAll();

const [lena, jordan, jonas] = seeded('customer');
if (!lena || !jordan || !jonas) throw new Error('The seed lacks customers');

const PHONE = '+491713920015';
const IMPORT = 'POST profile-bulk-import-jobs';

const profileOf = ({ id }: { id: string }): Profile =>
  [...klaviyo.state.profiles.values()].find((profile) => profile.external_id === id) ?? expect.unreachable();
const profiles = () => [...klaviyo.state.profiles.values()];
const compare = () => run(runCustomers, { repair: false });
const repair = (given: Parameters<typeof run>[1] = {}) => run(runCustomers, given);

/** Adds so many customers to the five of the seed that they are repaired in bulk, and returns them. */
async function addMany(count = 250): Promise<Customer[]> {
  const many = Array.from({ length: count }, (_, number) => ({
    ...jordanLike(number + 1000),
    firstName: `Number ${number}`,
  }));
  for (const customer of many) await shop.put('customer', customer);
  return many;
}

const jordanLike = (number: number, fields: Partial<Customer> = {}): Customer => ({
  ...(jordan as Customer),
  id: ids.customer(number),
  email: `customer-${number}@example.org`,
  ...fields,
});

/** Something that happens while Klaviyo works on the first import. */
const duringImport =
  (happen: () => Promise<unknown>) =>
  (history: TestHistory): TestHistory => ({
    ...history,
    account: {
      ...history.account,
      async importProfiles(some) {
        await happen();
        return history.account.importProfiles(some);
      },
    },
  });

describe.each([
  ['a few', 0],
  ['many', 250],
])('an empty account is filled with %s customers', (_, count) => {
  test('and each profile tells what commercetools does', async () => {
    await addMany(count);
    const report = await repair();
    expect(profiles()).toHaveLength(5 + count);
    expect(profileOf(lena)).toMatchObject({ email: lena.email, first_name: 'Lena', last_name: 'Brandt' });
    expect(report.isEqual()).toBe(true);
    expect(report.rows()).toMatchObject([
      { subject: 'profile', commercetools: 5 + count, klaviyo: 5 + count, repaired: 5 + count },
    ]);
  });

  test('and a second run finds nothing and writes nothing', async () => {
    await addMany(count);
    await repair();
    klaviyo.requests.length = 0;
    const report = await repair();
    expect(report.rows()).toMatchObject([{ commercetools: 5 + count, klaviyo: 5 + count, repaired: 0 }]);
    expect(report.isEqual()).toBe(true);
    expect(writesOf(klaviyo)).toEqual([]);
  });

  test('and subscribed to nothing', async () => {
    await addMany(count);
    await repair();
    expect(klaviyo.state.subscriptions.size).toBe(0);
    expect(klaviyo.requests.filter(({ path }) => path.includes('subscription'))).toEqual([]);
  });
});

test('a run that only compares reports what is missing, and writes nothing', async () => {
  const report = await compare();
  expect(differencesOf(report)).toContainEqual({ subject: 'profile', what: 'missing', id: lena.id });
  expect(report.rows()).toMatchObject([{ counts: { missing: 5 } }]);
  expect(writesOf(klaviyo)).toEqual([]);
});

describe('what differs is named exactly and repaired', () => {
  test.each<[string, (profile: Profile) => unknown]>([
    ['email', (profile) => (profile.email = 'other@example.org')],
    ['first_name', (profile) => (profile.first_name = 'Lea')],
    ['last_name', (profile) => (profile.last_name = null)],
    ['location.city', (profile) => (profile.location.city = 'Bonn')],
    ['properties.AccountCreated', (profile) => (profile.properties.AccountCreated = '2020-01-01T00:00:00.000Z')],
  ])('%s', async (field, change) => {
    await repair();
    change(profileOf(lena));
    const difference = { subject: 'profile', what: 'differing', id: lena.id, fields: [field] };
    expect(differencesOf(await compare())).toEqual([difference]);

    const report = await repair();
    expect(report.rows()).toMatchObject([{ repaired: 1 }]);
    expect(report.isEqual()).toBe(true);
    expect((await compare()).isEqual()).toBe(true);
  });

  test('and what only Klaviyo knows stays', async () => {
    await repair();
    const profile = profileOf(lena);
    Object.assign(profile, { image: 'https://images.example.org/lena.png', first_name: 'Lea' });
    Object.assign(profile.properties, { Newsletter: 'weekly' });
    await repair();
    expect(profileOf(lena)).toMatchObject({ first_name: 'Lena', image: 'https://images.example.org/lena.png' });
    expect(profileOf(lena).properties).toMatchObject({ Newsletter: 'weekly' });
  });
});

describe('many customers', () => {
  test('are imported by one job', async () => {
    await addMany();
    await repair();
    expect(writesOf(klaviyo)).toEqual([IMPORT]);
  });

  test('of whom a job fails for some are complete in the end', async () => {
    const many = await addMany();
    set('jobFailures', 0.1);
    const report = await repair();
    expect(profiles()).toHaveLength(5 + many.length);
    expect(writesOf(klaviyo)).toContain('POST profiles');
    expect(report.isEqual()).toBe(true);
    expect((await compare()).isEqual()).toBe(true);
  });

  test('that differ are repaired one by one', async () => {
    const many = await addMany();
    await repair();
    klaviyo.requests.length = 0;
    for (const customer of many) profileOf(customer).first_name = 'Somebody';
    const report = await repair();
    expect(report.rows()).toMatchObject([{ repaired: many.length }]);
    expect(writesOf(klaviyo)).not.toContain(IMPORT);
    expect((await compare()).isEqual()).toBe(true);
  });

  test('keep the history of a form’s profile that has the e-mail', async () => {
    await addMany();
    const { id } = createProfile(klaviyo.state, {
      email: lena.email.toUpperCase(),
      properties: { Newsletter: 'weekly' },
    });
    await repair();
    expect(profileOf(lena)).toMatchObject({ id, first_name: 'Lena', properties: { Newsletter: 'weekly' } });
    expect(profiles()).toHaveLength(255);
  });

  test.each(EVENT_IDENTITIES)(
    'of whom one has the former e-mail of another both have their own (%s)',
    async (whose) => {
      klaviyo.importIdentity = whose;
      await addMany();
      const { id } = createProfile(klaviyo.state, { email: lena.email, external_id: jonas.id });
      await repair();
      klaviyo.importIdentity = 'external_id';
      expect(profileOf(lena).email).toBe(lena.email);
      expect(profileOf(jonas)).toMatchObject({ id, email: jonas.email });
      expect((await compare()).isEqual()).toBe(true);
    },
  );
});

describe.each([
  ['few', 0],
  ['many', 250],
])('two customers of different stores with one e-mail, among %s', (_, count) => {
  const twins = async () => {
    await addMany(count);
    const twin = jordanLike(2000, { email: lena.email, firstName: 'Lena II' });
    await shop.put('customer', twin);
    return twin;
  };

  test('have a profile each, and one of them the e-mail', async () => {
    const twin = await twins();
    const report = await repair();
    expect(profileOf(twin)).toMatchObject({ first_name: 'Lena II' });
    expect(profileOf(lena)).toMatchObject({ first_name: 'Lena' });
    expect([profileOf(twin).email, profileOf(lena).email].toSorted()).toEqual([lena.email, null]);
    expect(report.isEqual()).toBe(true);
  });

  test('are as they should be', async () => {
    await twins();
    await repair();
    klaviyo.requests.length = 0;
    const report = await repair();
    expect(report.isEqual()).toBe(true);
    expect(reasonsOf(report)).toEqual({ shared: 1 });
    expect(writesOf(klaviyo)).toEqual([]);
  });
});

describe('while an import waits', () => {
  test('what a customer changes is not overwritten', async () => {
    await addMany();
    const renamed = { ...lena, firstName: 'Magdalena' };
    await repair({ around: duringImport(() => shop.put('customer', renamed)) });
    expect(profileOf(lena).first_name).toBe('Magdalena');
  });

  test('a customer who is erased stays erased', async () => {
    await addMany();
    await repair({ around: duringImport(() => shop.remove('customer', lena.id)) });
    expect(klaviyo.profileByEmail(lena.email)).toBeUndefined();
    expect(profiles()).toHaveLength(254);
  });

  test('a customer who is deleted stays where the settings keep profiles', async () => {
    await addMany();
    const settings = { customers: { onDelete: 'keep' } };
    await repair({ settings, around: duringImport(() => shop.remove('customer', lena.id)) });
    expect(klaviyo.profileByEmail(lena.email)).toBeDefined();
  });
});

describe('phone numbers', () => {
  const phones = true;

  test.each([
    ['a few', 0],
    ['many', 250],
  ])('are written by no run that was not told to, of %s customers', async (_, count) => {
    await addMany(count);
    await repair();
    expect(profiles().flatMap(({ phone_number }) => phone_number ?? [])).toEqual([]);
  });

  test('are compared and written where the options say so', async () => {
    await repair({ phones });
    profileOf(jordan).phone_number = null;
    expect((await compare()).isEqual()).toBe(true);
    const report = await run(runCustomers, { repair: false, phones });
    expect(differencesOf(report)).toEqual([
      { subject: 'profile', what: 'differing', id: jordan.id, fields: ['phone_number'] },
    ]);
  });

  test('of several customers are nobody’s in an import', async () => {
    const many = await addMany();
    const own = many.map((customer, number) => ({
      ...customer,
      addresses: [{ country: 'DE', mobile: `0171 39200 ${String(number + 100).padStart(3, '0')}` }],
    }));
    for (const customer of own) await shop.put('customer', customer);
    await repair({ phones });
    expect(profileOf(own[0] ?? lena).phone_number).toBe('+4917139200100');
    expect([lena, jonas].map((one) => profileOf(one).phone_number)).toEqual([null, null]);
    expect(profiles().filter(({ phone_number }) => phone_number === PHONE)).toEqual([]);
  });
});

test('customers of other stores are left alone', async () => {
  const settings = { stores: { include: ['summit'], withoutStore: false } };
  const report = await repair({ settings });
  expect(profiles().map(({ external_id }) => external_id)).toEqual([ids.customer(4)]);
  expect(report.rows()).toMatchObject([{ commercetools: 1 }]);
});

test('an address that Klaviyo refuses is a known reason', async () => {
  await shop.put('customer', { ...jordan, email: 'jordan@localhost' });
  const report = await repair();
  expect(report.isEqual()).toBe(true);
  expect(reasonsOf(report)).toEqual({ refused: 1 });
  expect(profiles()).toHaveLength(4);
});

test('a window is of those who were changed in it', async () => {
  const since = Date.parse('2026-04-03T00:00:00Z');
  const report = await repair({ since, until: Date.parse('2026-04-05T00:00:00Z') });
  expect(profiles().map(({ external_id }) => external_id)).toEqual([ids.customer(3), ids.customer(4)]);
  expect(report.rows()).toMatchObject([{ commercetools: 2 }]);
});

test('a key that may not import stops the run', async () => {
  await addMany();
  const match = ({ path }: { path: string }) => path.includes('import');
  klaviyo.faults.add({ match, times: Number.POSITIVE_INFINITY, effect: { kind: 'status', status: 403 } });
  await expect(repair()).rejects.toThrow(CredentialsError);
  expect(profiles()).toEqual([]);
});

test('nothing is done where the handler is switched off', async () => {
  const report = await repair({ settings: { handlers: { disabled: ['customer'] } } });
  expect(report.rows()).toEqual([]);
  expect(klaviyo.requests).toEqual([]);
});

test('profiles of customers who are gone are reported, and never deleted', async () => {
  await repair();
  await shop.remove('customer', jordan.id);
  createProfile(klaviyo.state, { external_id: '4711' });
  createProfile(klaviyo.state, { email: 'form@example.org' });
  const report = await repair({ extras: true, deleteExtras: true });
  const extra = (id: string) => ({ subject: 'profile', what: 'extra', id });
  expect(new Set(differencesOf(report))).toEqual(new Set([extra('4711'), extra(jordan.id)]));
  expect(profiles()).toHaveLength(7);
});
