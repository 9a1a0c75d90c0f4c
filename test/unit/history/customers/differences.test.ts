import { describe, expect, test } from 'vitest';
import { profileDifferences } from '../../../../shared/history/customers/differences.ts';
import { toProfile } from '../../../../shared/mappers/customers/profile.ts';
import { customer, type Fields } from '../../factories.ts';
import { settings, UNTOLD } from '../../support.ts';

const LENA = {
  firstName: 'Lena',
  lastName: 'Brandt',
  title: 'Dr.',
  companyName: 'Werkhof',
  locale: 'de-DE',
  customerNumber: '17',
  addresses: [{ country: 'DE', mobile: '0171 39200 15', city: 'Berlin' }],
  custom: { fields: { shoes: { size: 38.5, colours: ['red'] } } },
};

const SHOWN = {
  email: 'lena@example.org',
  first_name: 'Lena',
  last_name: 'Brandt',
  title: 'Dr.',
  organization: 'Werkhof',
  locale: 'de-DE',
  phone_number: '+491713920015',
  location: { country: 'DE', city: 'Berlin', zip: null, timezone: 'Europe/Berlin' },
  properties: { CustomerNumber: '17', shoes: { size: 38.5, colours: ['red'] }, Newsletter: 'weekly' },
};

const differences = (fields: Fields = {}, attributes: Fields = {}, email = SHOWN.email) => {
  const { profile } = toProfile(customer({ ...LENA, ...fields }), settings());
  const shown = { ...UNTOLD, id: 'p', externalId: profile.externalId, email, attributes: { ...SHOWN, ...attributes } };
  return profileDifferences(profile, shown);
};

describe('a profile', () => {
  test('is the same where Klaviyo knows more of the person', () => {
    expect(differences()).toEqual([]);
  });

  test('is the same where the customer has nothing to tell', () => {
    expect(differences({ firstName: '', title: undefined, addresses: [], custom: undefined })).toEqual([]);
  });

  test('is the same with an e-mail in other letters', () => {
    expect(differences({ email: 'Lena@Example.org' })).toEqual([]);
  });

  test.each([
    ['first_name', { first_name: 'Lea' }],
    ['last_name', { last_name: null }],
    ['title', { title: '' }],
    ['organization', { organization: 'Hof' }],
    ['locale', { locale: 'en-GB' }],
    ['phone_number', { phone_number: '+493023125104' }],
    ['location.city', { location: { country: 'DE', city: 'Bonn' } }],
    ['properties.CustomerNumber', { properties: { ...SHOWN.properties, CustomerNumber: 17 } }],
    ['properties.shoes', { properties: { ...SHOWN.properties, shoes: { size: 39, colours: ['red'] } } }],
  ])('differs in %s', (name, attributes) => {
    expect(differences({}, attributes)).toEqual([name]);
  });

  test('differs in its e-mail', () => {
    expect(differences({}, {}, 'lea@example.org')).toEqual(['email']);
  });

  test('differs in each part of what Klaviyo does not have at all', () => {
    const nothing = { location: null, properties: undefined };
    expect(differences({}, nothing).sort()).toEqual([
      'location.city',
      'location.country',
      'properties.CustomerNumber',
      'properties.shoes',
    ]);
  });

  test('is the same where a property was cut to keep Klaviyo’s limits', () => {
    const nested = (levels: number): unknown => (levels === 0 ? {} : { deeper: nested(levels - 1) });
    const fields = { custom: { fields: { deep: nested(20) } } };
    const { profile } = toProfile(customer({ ...LENA, ...fields }), settings());
    const stored = JSON.parse(JSON.stringify(profile.properties));
    expect(differences(fields, { properties: stored })).toEqual([]);
  });
});
