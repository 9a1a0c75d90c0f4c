import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError } from '../../../../shared/errors.ts';
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
  properties: {},
};

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
