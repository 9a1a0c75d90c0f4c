import { describe, expect, it } from 'vitest';
import { toProfile } from '../../../../shared/mappers/customers/profile.ts';
import { customer, type Fields } from '../../factories.ts';
import { settings } from '../../support.ts';

const writeOf = (fields: Fields, customers: Fields = {}, options: { empty?: null } = { empty: null }) =>
  toProfile(customer(fields), settings({ customers }), options);
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
      location: { address1: null, address2: null, city: 'Berlin', region: null, zip: null, country: 'DE' },
      properties: { shoeSize: 38.5 },
    });
  });

  it.each([
    ['absent', {}],
    ['empty', { firstName: '', lastName: '', title: '', companyName: '', locale: '' }],
    ['null', { firstName: null, lastName: null, title: null, companyName: null, locale: null }],
  ])('clears what is %s', (_, fields) => {
    expect(profileOf(fields)).toMatchObject({
      firstName: null,
      lastName: null,
      title: null,
      organization: null,
      locale: null,
      phoneNumber: null,
      location: { address1: null, address2: null, city: null, region: null, zip: null, country: null },
    });
  });

  it('can keep what Klaviyo has in place of what is empty', () => {
    const { externalId, email, properties, ...others } = profileOf({}, { customFields: { include: ['a'] } }, {});
    expect(Object.values(others)).toEqual(Object.values(others).map(() => undefined));
    expect(properties).toEqual({});
  });

  it('has an address as a whole, whatever is kept', () => {
    const { location } = profileOf({ addresses: [{ country: 'DE', city: 'Berlin' }] }, {}, {});
    expect(location).toEqual({
      address1: null,
      address2: null,
      city: 'Berlin',
      region: null,
      zip: null,
      country: 'DE',
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

    it('that share a name in Klaviyo do not clear each other', () => {
      const map = { shoeSize: 'Size', dressSize: 'Size' };
      expect(profileOf({ custom }, { customFields: { include: ['shoeSize'], map } }).properties).toEqual({ Size: 38 });
    });

    it('are cut to keep Klaviyo’s limits, which is told', () => {
      const large = { fields: { ...custom.fields, story: 'x'.repeat(120_000) } };
      expect(writeOf({ custom: large })).toMatchObject({ profile: { properties: custom.fields }, trimmed: ['story'] });
    });

    it('that the settings include are cleared when they were emptied', () => {
      const customFields = { include: ['points', 'memberSince'], map: { memberSince: 'Member since' } };
      expect(profileOf({ custom }, { customFields }).properties).toEqual({ points: 0, 'Member since': null });
      expect(profileOf({}, { customFields }).properties).toEqual({ points: null, 'Member since': null });
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
    expect(locationOf({ streetName: 'Almweg', building: '' })).toMatchObject({ address1: 'Almweg', address2: null });
  });
});
