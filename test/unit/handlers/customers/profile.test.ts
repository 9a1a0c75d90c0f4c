import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError } from '../../../../shared/errors.ts';
import type { Write } from '../../../../shared/klaviyo/writes.ts';
import { seeded } from '../../../doubles/shop/seed.ts';
import { fixture } from '../../../fixtures/index.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const LENA = 'c0500000-0000-4000-8000-000000000001';

const LENAS_PROFILE = {
  externalId: LENA,
  email: 'lena.brandt@example.org',
  firstName: 'Lena',
  lastName: 'Brandt',
  title: 'Dr.',
  organization: 'Werkhof Brandt',
  locale: 'de-DE',
  phoneNumber: '+491713920015',
  location: {
    address1: '3, 7a, Beispielallee',
    address2: 'Hinterhaus, c/o Brandt',
    city: 'München',
    region: 'Bayern',
    zip: '80331',
    country: 'DE',
  },
  properties: {
    CustomerNumber: 'C-1001',
    EmailVerified: true,
    AccountCreated: '2026-04-01T08:15:30.250Z',
    Salutation: 'Frau',
  },
};
const profileOf = ([write]: Write[]) =>
  write?.kind === 'upsertProfile' || write?.kind === 'createProfile' ? write.profile : expect.unreachable();

/** Lets commercetools show Lena under a newer name. */
async function rename(lastName: string) {
  const lena = (await local.shop.get('customer', LENA)) ?? expect.unreachable();
  await local.shop.put('customer', { ...lena, lastName });
}

describe('a customer who signed up', () => {
  it('is a new profile, made of the payload', async () => {
    expect(await local.plan(notification('CustomerCreated'))).toEqual([
      { kind: 'createProfile', profile: LENAS_PROFILE, trimmed: [] },
    ]);
    expect(local.shop.requests).toEqual([]);
  });

  it('is the same profile when the payload was too large', async () => {
    const plan = await local.plan(notification('CustomerCreated.payloadNotIncluded'));
    expect(plan).toEqual([{ kind: 'upsertProfile', profile: LENAS_PROFILE, trimmed: [] }]);
  });

  it.each([
    ['old', { publishedAt: 0 }],
    ['recent', { previous: [] }],
  ])('is read again when the payload is %s', async (_, delivery) => {
    await rename('Newer');
    const plan = await local.plan(notification('CustomerCreated'), {}, delivery);
    expect(plan).toMatchObject([{ kind: 'upsertProfile', profile: { lastName: 'Newer' } }]);
  });

  it('is taken from the payload when commercetools does not show it yet', async () => {
    await local.shop.remove('customer', LENA);
    const plan = await local.plan(notification('CustomerCreated'), {}, { previous: [] });
    expect(plan).toEqual([{ kind: 'upsertProfile', profile: LENAS_PROFILE, trimmed: [] }]);
  });

  it('is gone when the payload is old and commercetools has it no more', async () => {
    await local.shop.remove('customer', LENA);
    const planning = local.plan(notification('CustomerCreated'), {}, { publishedAt: 0 });
    expect(await rejectionOf(planning)).toBeInstanceOf(GoneError);
  });

  it.each([
    ['current', {}],
    ['old', { publishedAt: 0 }],
  ])('is refused when the payload is malformed and %s', async (_, delivery) => {
    const planning = local.plan(notification('invalid/CustomerCreated.wrong-types'), {}, delivery);
    const error = await rejectionOf(planning);
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toMatch(
      new RegExp(`CustomerCreated of customer ${LENA}.*customer\\.email.*customer\\.addresses`),
    );
  });
});

describe('a customer who changed', () => {
  it('is the profile as it is now, with 0, false and "" kept', async () => {
    expect(await local.plan(notification('ResourceUpdated.customer'))).toEqual([
      {
        kind: 'upsertProfile',
        trimmed: [],
        profile: {
          externalId: 'c0500000-0000-4000-8000-000000000005',
          email: 'ines.moreau@example.org',
          firstName: 'Inès',
          lastName: 'Moreau',
          title: undefined,
          organization: undefined,
          locale: undefined,
          phoneNumber: undefined,
          location: undefined,
          properties: {
            CustomerNumber: 'C-1005',
            EmailVerified: false,
            AccountCreated: '2026-04-05T08:15:30.250Z',
            newsletter: false,
            loyaltyPoints: 0,
            nickname: '',
            shoeSize: 38.5,
            sports: ['climbing', 'skiing'],
            memberSince: '2026-04-05',
            spent: { type: 'centPrecision', currencyCode: 'EUR', centAmount: 0, fractionDigits: 2 },
          },
        },
      },
    ]);
  });

  it.each([
    ['c0500000-0000-4000-8000-000000000002', '+12125550162', 'New York'],
    ['c0500000-0000-4000-8000-000000000003', '+491713920015', 'München'],
    ['c0500000-0000-4000-8000-000000000004', undefined, 'Llanberis'],
  ])('%s has the phone %s and lives in %s', async (id, phoneNumber, city) => {
    const plan = await local.plan(notification('ResourceUpdated.customer', { resource: { typeId: 'customer', id } }));
    const profile = profileOf(plan);
    expect([profile.phoneNumber, profile.location?.city]).toEqual([phoneNumber, city]);
  });

  it('is gone when commercetools has it no more', async () => {
    await local.shop.remove('customer', Object(fixture('ResourceUpdated.customer').resource).id);
    expect(await rejectionOf(local.plan(notification('ResourceUpdated.customer')))).toBeInstanceOf(GoneError);
  });
});

describe('a customer of groups', () => {
  const siobhan = seeded('customer')[3] ?? expect.unreachable();
  const signedUp = () =>
    notification('CustomerCreated', { resource: { typeId: 'customer', id: siobhan.id }, customer: siobhan });
  const GROUPS = { CustomerGroup: 'Mountain guides', CustomerGroups: ['Mountain guides', 'Summit Club'] };

  it('is read once when new, as the message names no group', async () => {
    const plan = await local.plan(signedUp());
    expect(plan.map(({ kind }) => kind)).toEqual(['createProfile']);
    expect(profileOf(plan).properties).toMatchObject({ ...GROUPS, Stores: ['summit'] });
    const [token, ...reads] = local.shop.requests.map(({ path }) => path);
    expect([token, ...reads].filter((path) => path?.includes('/customers/'))).toHaveLength(1);
  });

  it('is not read when new where groups are not sent', async () => {
    const customers = { properties: { exclude: ['CustomerGroup', 'CustomerGroups'] } };
    expect(profileOf(await local.plan(signedUp(), { customers })).properties).not.toHaveProperty('CustomerGroup');
    expect(local.shop.requests).toEqual([]);
  });

  it('has a profile without their names while commercetools does not show the customer', async () => {
    await local.shop.remove('customer', siobhan.id);
    const [write] = await local.plan(signedUp());
    expect(write).toMatchObject({ kind: 'createProfile', profile: { externalId: siobhan.id } });
    expect(write).not.toHaveProperty('profile.properties.CustomerGroup');
  });

  it('is nobody where another store is synced', async () => {
    const stores = { include: ['valley'] };
    expect(await local.plan(signedUp(), { stores })).toEqual([]);
    const updated = notification('ResourceUpdated.customer', { resource: { typeId: 'customer', id: siobhan.id } });
    expect(await local.plan(updated, { stores })).toEqual([]);
    expect(await local.plan(updated, { stores: { include: ['summit'] } })).toHaveLength(1);
  });
});
