import { describe, expect, it } from 'vitest';
import { toProfile } from '../../../../shared/mappers/customers/profile.ts';
import { lacksGroups, profileProperties } from '../../../../shared/mappers/customers/properties.ts';
import { customer, type Fields } from '../../factories.ts';
import { settings } from '../../support.ts';

const group = (id: string, obj?: Fields) => ({ typeId: 'customer-group', id, ...(obj && { obj }) });
const inGroup = (customerGroup: Fields) => ({ customerGroup });

const FIELDS = {
  ...{ customerNumber: 'C-1', salutation: 'Ms', middleName: 'Aoife', dateOfBirth: '1984-02-29', vatId: 'GB9' },
  ...{ isEmailVerified: false, createdAt: '2026-04-04T08:15:30.250Z' },
  customerGroup: group('g1', { key: 'guides', name: 'Mountain guides' }),
  customerGroupAssignments: [inGroup(group('g1', { name: 'Mountain guides' })), inGroup(group('g2', { key: 'club' }))],
  stores: [{ typeId: 'store', key: 'summit' }],
};

const TOLD = {
  ...{ CustomerNumber: 'C-1', Salutation: 'Ms', MiddleName: 'Aoife', DateOfBirth: '1984-02-29' },
  ...{ EmailVerified: false, AccountCreated: '2026-04-04T08:15:30.250Z', Stores: ['summit'] },
  ...{ CustomerGroup: 'Mountain guides', CustomerGroups: ['Mountain guides', 'club'] },
};

describe('profileProperties', () => {
  it('tells of the record, of a group the name or else the key, of each group once', () => {
    expect(profileProperties(customer(FIELDS))).toEqual({ ...TOLD, VatId: 'GB9' });
  });

  it.each([
    ['absent', {}],
    ['empty', { salutation: '', stores: [], customerGroupAssignments: [] }],
    ['null', { salutation: null, stores: null, isEmailVerified: null, customerGroup: null }],
    ['a group that cannot be read', { customerGroup: group('g1'), customerGroupAssignments: [inGroup(group('g2'))] }],
  ])('leaves out what is %s', (_, fields) => {
    expect(profileProperties(customer(fields))).toEqual({});
  });
});

describe('the properties of a profile', () => {
  const propertiesOf = (fields: Fields, customers: Fields = {}, ...emptied: Parameters<typeof toProfile>[2][]) =>
    toProfile(customer(fields), settings({ customers }), ...emptied).profile.properties;

  it('are all but the VAT id by default', () => {
    expect(propertiesOf(FIELDS)).toEqual(TOLD);
  });

  it('are included, excluded and renamed by the settings', () => {
    expect(propertiesOf(FIELDS, { properties: { include: ['VatId', 'Stores'] } })).toEqual({
      VatId: 'GB9',
      Stores: ['summit'],
    });
    const properties = { exclude: Object.keys(TOLD).slice(1), map: { CustomerNumber: 'Number' } };
    expect(propertiesOf(FIELDS, { properties })).toEqual({ Number: 'C-1' });
  });

  it('win over a custom field of that name, which stays where there is nothing else to tell', () => {
    const custom = { fields: { Stores: 'mine', Salutation: 'mine' } };
    expect(propertiesOf({ custom, salutation: 'Ms' })).toEqual({ Stores: 'mine', Salutation: 'Ms' });
  });

  it('are cleared where they were emptied, and not where they have a value again or are not sent', () => {
    const emptied = { properties: ['Stores', 'DateOfBirth', 'VatId'] } as const;
    expect(propertiesOf({ dateOfBirth: '1984-02-29' }, {}, emptied)).toEqual({
      Stores: null,
      DateOfBirth: '1984-02-29',
    });
  });
});

describe('lacksGroups', () => {
  const lacks = (fields: Fields, properties: Fields = {}) =>
    lacksGroups(customer(fields), settings({ customers: { properties } }));

  it.each([
    ['no group', {}, false],
    ['a group', { customerGroup: group('g1') }, true],
    ['an assignment', { customerGroupAssignments: [inGroup(group('g1'))] }, true],
    ['a group that was read', FIELDS, false],
  ])('is about a customer with %s', (_, fields, expected) => {
    expect(lacks(fields)).toBe(expected);
  });

  it('is about nobody when groups are not sent', () => {
    const exclude = ['CustomerGroup', 'CustomerGroups'];
    expect(lacks({ customerGroup: group('g1') }, { exclude })).toBe(false);
    expect(lacks({ customerGroup: group('g1') }, { exclude: ['CustomerGroup'] })).toBe(true);
  });
});
