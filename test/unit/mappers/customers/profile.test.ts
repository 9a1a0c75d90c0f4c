import { describe, expect, it } from 'vitest';
import { type Emptied, toProfile } from '../../../../shared/mappers/customers/profile.ts';
import { customer, type Fields } from '../../factories.ts';
import { settings } from '../../support.ts';

const writeOf = (fields: Fields, customers: Fields = {}, emptied?: Emptied) =>
  toProfile(customer(fields), settings({ customers }), emptied);
const profileOf = (...given: Parameters<typeof writeOf>) => writeOf(...given).profile;

describe('toProfile', () => {
  it('maps every field', () => {
    const fields = {
      firstName: 'Lena',
      lastName: 'Brandt',
      title: 'Dr.',
      companyName: 'Werkhof',
      locale: 'de-DE',
      addresses: [{ country: 'DE', mobile: '0171 39200 15', city: 'Berlin' }],
      custom: { type: { typeId: 'type', id: 'type-1' }, fields: { shoeSize: 38.5 } },
    };
    expect(profileOf(fields)).toEqual({
      externalId: 'customer-1',
      email: 'lena@example.org',
      firstName: 'Lena',
      lastName: 'Brandt',
      title: 'Dr.',
      organization: 'Werkhof',
      locale: 'de-DE',
      phoneNumber: '+491713920015',
      location: { city: 'Berlin', country: 'DE' },
      properties: { shoeSize: 38.5 },
    });
  });

  it.each([
    ['absent', {}],
    ['empty', { firstName: '', lastName: '', title: '', companyName: '', locale: '' }],
    ['null', { firstName: null, lastName: null, title: null, companyName: null, locale: null }],
  ])('leaves out what is %s, so that Klaviyo keeps what it has', (_, fields) => {
    const { externalId, email, properties, ...others } = profileOf(fields, { customFields: { include: ['a'] } });
    expect(Object.values(others)).toEqual(Object.values(others).map(() => undefined));
    expect(properties).toEqual({});
  });

  const EMPTIED = {
    fields: ['firstName', 'lastName', 'title', 'organization', 'phoneNumber'],
    location: ['city', 'zip'],
    customFields: ['points', 'size'],
  } as const;

  it('clears what was emptied', () => {
    expect(profileOf({}, { customFields: { map: { size: 'Size' } } }, EMPTIED)).toMatchObject({
      ...{ firstName: null, lastName: null, title: null, organization: null, phoneNumber: null, locale: undefined },
      location: { city: null, zip: null },
      properties: { points: null, Size: null },
    });
  });

  it('clears nothing that has a value again', () => {
    const fields = {
      ...{ firstName: 'Lena', lastName: 'Brandt', title: 'Dr.', companyName: 'Werkhof' },
      addresses: [{ country: 'DE', city: 'Berlin', mobile: '0171 39200 15' }],
      custom: { fields: { points: 0 } },
    };
    expect(profileOf(fields, {}, EMPTIED)).toMatchObject({
      ...{ firstName: 'Lena', lastName: 'Brandt', title: 'Dr.', organization: 'Werkhof', phoneNumber: '+491713920015' },
      location: { city: 'Berlin', zip: null, country: 'DE' },
      properties: { points: 0, size: null },
    });
  });

  describe('the address', () => {
    const addresses = ['first', 'billing', 'default'].map((id) => ({ id, country: 'DE', city: id }));

    it.each([
      ['default', { defaultBillingAddressId: 'default', billingAddressIds: ['billing', 'default'] }],
      ['billing', { billingAddressIds: ['billing', 'default'] }],
      ['first', { billingAddressIds: [] }],
      ['first', { defaultBillingAddressId: 'gone', billingAddressIds: ['gone too'] }],
    ])('is the %s one of %j', (city, ids) => {
      expect(profileOf({ addresses, ...ids }).location?.city).toBe(city);
    });
  });

  describe('the locale', () => {
    it.each([
      ['de-DE', 'de-DE'],
      ['en-US', 'en-US'],
      ['zh-Hans-CN', 'zh-CN'],
    ])('%s is sent as %s', (locale, expected) => {
      expect(profileOf({ locale }).locale).toBe(expected);
    });

    it.each(['de', 'es-419', 'de_DE', 'DE', 'German'])('%s has no country, and Klaviyo keeps what it has', (locale) => {
      expect(profileOf({ locale }).locale).toBeUndefined();
    });
  });

  describe('custom fields', () => {
    const custom = { fields: { newsletter: false, points: 0, nickname: '', shoeSize: 38 } };

    it('are all sent, false, 0 and "" as well', () => {
      expect(profileOf({ custom }).properties).toEqual(custom.fields);
    });

    it('are chosen and renamed by the settings', () => {
      const customFields = { exclude: ['points'], map: { shoeSize: 'Shoe size' } };
      expect(profileOf({ custom }, { customFields }).properties).toEqual({
        newsletter: false,
        nickname: '',
        'Shoe size': 38,
      });
    });

    it('are cut to keep Klaviyo’s limits, which is told', () => {
      const large = { fields: { ...custom.fields, story: 'x'.repeat(120_000) } };
      expect(writeOf({ custom: large })).toMatchObject({ profile: { properties: custom.fields }, trimmed: ['story'] });
    });
  });
});

describe('the location', () => {
  const locationOf = (address: Fields) => profileOf({ addresses: [address] }).location;

  it('joins the lines of an address in the order that accounts already hold', () => {
    const address = {
      apartment: '3',
      building: 'B',
      streetNumber: '7a',
      streetName: 'Beispielallee',
      additionalStreetInfo: 'Hinterhaus',
      additionalAddressInfo: 'c/o Brandt',
      city: 'München',
      region: 'Bayern',
      postalCode: '80331',
      country: 'DE',
    };
    expect(locationOf(address)).toEqual({
      address1: '3, B, 7a, Beispielallee',
      address2: 'Hinterhaus, c/o Brandt',
      city: 'München',
      region: 'Bayern',
      zip: '80331',
      country: 'DE',
    });
  });

  it('has no separator where a part is missing', () => {
    expect(locationOf({ streetName: 'Almweg', building: '' })).toEqual({ address1: 'Almweg' });
  });
});
