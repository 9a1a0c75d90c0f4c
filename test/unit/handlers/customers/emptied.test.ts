import { describe, expect, it } from 'vitest';
import type { Write } from '../../../../shared/klaviyo/writes.ts';
import { ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification } from '../../support.ts';

const local = localShop();
const LENA = ids.customer(1);

const profileOf = ([write]: Write[]) => (write?.kind === 'upsertProfile' ? write.profile : expect.unreachable());

describe('a field of a customer that was emptied', () => {
  const told = (type: string, more: Fields = {}) =>
    notification(`Customer${type}`, { resource: { typeId: 'customer', id: LENA }, ...more });

  /** Lets commercetools show Lena without a field, and gives the profile that a message asks for. */
  async function profileAfter(changes: object, message: ReturnType<typeof told>) {
    const lena = (await local.shop.get('customer', LENA)) ?? expect.unreachable();
    await local.shop.put('customer', { ...lena, ...changes });
    return profileOf(await local.plan(message));
  }
  /** Without what the record tells beyond custom fields. */
  const silent = { properties: { include: [] } };
  const nowhere = { addresses: [], defaultBillingAddressId: undefined, billingAddressIds: [] };
  const home = { id: 'lena-home', country: 'DE', city: 'Ulm' };
  const atHome = { addresses: [home], defaultBillingAddressId: home.id, billingAddressIds: [] };
  const inGroup = { customerGroupAssignments: [{ customerGroup: { typeId: 'customer-group', id: ids.group(2) } }] };
  const [address1, address2, region, zip] = [null, null, null, null];

  it.each([
    ['FirstNameSet', { firstName: undefined }, { firstName: null }],
    ['LastNameSet', { lastName: undefined }, { lastName: null }],
    ['TitleSet', { title: undefined }, { title: null }],
    ['CompanyNameSet', { companyName: undefined }, { organization: null }],
    ['AddressChanged', atHome, { location: { address1, address2, city: 'Ulm', region, zip, country: 'DE' } }],
    ['DefaultBillingAddressSet', atHome, { location: { address1, address2, city: 'Ulm', region, zip, country: 'DE' } }],
    ['BillingAddressAdded', { ...atHome, defaultBillingAddressId: undefined }, { location: { zip, city: 'Ulm' } }],
    ['BillingAddressRemoved', nowhere, { location: { zip, city: null } }],
    ['GroupSet', {}, { properties: { CustomerGroup: null, CustomerGroups: null } }],
    ['GroupAssignmentRemoved', {}, { properties: { CustomerGroups: null } }],
    ['GroupAssignmentsSet', inGroup, { properties: { CustomerGroups: ['Summit Club'] } }],
    ['DateOfBirthSet', {}, { properties: { DateOfBirth: null } }],
    ['StoresSet', {}, { properties: { Stores: null } }],
    ['StoresSet', { stores: [{ typeId: 'store', key: 'summit' }] }, { properties: { Stores: ['summit'] } }],
  ])('is cleared by the message that says so: %s', async (type, changes, expected) => {
    expect(await profileAfter(changes, told(type))).toMatchObject(expected);
  });

  it.each([
    ['FirstNameSet', { lastName: undefined }, { lastName: undefined }],
    ['AddressChanged', { ...atHome, defaultBillingAddressId: undefined, addresses: [{ ...home, id: 'a' }, home] }, {}],
    ['BillingAddressAdded', atHome, {}],
  ])('is kept by a message about something else: %s', async (type, changes, expected) => {
    const { location, ...profile } = await profileAfter(changes, told(type));
    expect(profile).toMatchObject(expected);
    expect(Object.values({ ...location, ...profile.properties })).not.toContain(null);
  });

  it('is what an address that was removed told, and no more', async () => {
    const address = { id: 'gone', country: 'DE', city: 'Ulm', mobile: '0171 39200 15' };
    const message = told('AddressRemoved', { address, addressRoles: ['DefaultBillingAddress'] });
    expect(await profileAfter(nowhere, message)).toMatchObject({
      phoneNumber: null,
      location: { city: null, country: null },
    });
    const silent = { ...address, mobile: undefined, city: undefined };
    const { phoneNumber, location } = await profileAfter(nowhere, told('AddressRemoved', { address: silent }));
    expect({ phoneNumber, location }).toEqual({ phoneNumber: undefined, location: { country: null } });
  });

  it('is nothing when another address is the one that counts', async () => {
    const message = told('AddressRemoved', { address: { id: 'gone', country: 'AT', region: 'Tirol', phone: '1' } });
    const { phoneNumber, location } = await profileAfter(atHome, message);
    expect({ phoneNumber, location }).toEqual({ phoneNumber: undefined, location: { city: 'Ulm', country: 'DE' } });
  });

  it('is the custom field that was removed, by the name that it has in Klaviyo', async () => {
    const customers = { ...silent, customFields: { map: { size: 'Size' }, exclude: ['secret'] } };
    const planOf = (name: string) => local.plan(told('CustomFieldRemoved', { name }), { customers });
    expect(profileOf(await planOf('size')).properties).toEqual({ Size: null });
    expect(profileOf(await planOf('secret')).properties).toEqual({});
  });

  it('are the fields of the former type, of which the new type has some', async () => {
    const custom = { type: { typeId: 'type', id: 'new' }, fields: { nickname: '' } };
    const message = told('CustomTypeSet', { previousTypeId: ids.type(2) });
    expect((await profileAfter({ custom }, message)).properties).toMatchObject({ nickname: '', favouriteColour: null });
  });

  it('are the fields that the settings name when the former type is gone', async () => {
    const customers = { ...silent, customFields: { include: ['points'], map: { points: 'Points' } } };
    const message = told('CustomTypeRemoved', { previousTypeId: 'gone' });
    expect(profileOf(await local.plan(message, { customers })).properties).toEqual({ Points: null });
  });
});

it('a type whose id has a lone surrogate is looked for, and is not there', async () => {
  const message = notification('CustomerCustomTypeRemoved', { previousTypeId: '\ud800' });
  expect(await local.plan(message)).toMatchObject([{ kind: 'upsertProfile' }]);
});
