import * as fc from 'fast-check';
import * as told from '../integration/notifications.ts';
import { seed, some } from './changes.ts';
import type { Change, Story } from './interleavings.ts';

const lena = seed('customer', 0);

const NOWHERE = { addresses: [], billingAddressIds: [], defaultBillingAddressId: undefined };

/** Her billing address at first, which tells all that another one could. */
const former = lena.addresses.find(({ id }) => id === lena.defaultBillingAddressId) ?? {};

const customerBecomes = fc
  .record({
    firstName: fc.constantFrom('Lena', 'Helena', undefined),
    points: fc.constantFrom(0, 7, undefined),
    // No message says that a phone number was emptied while its address is there, so Klaviyo keeps the one it has.
    mobile: fc.constantFrom('0171 39200 15', '0171 39200 16'),
    city: fc.constantFrom('Berlin', 'Bremen', undefined),
  })
  .map(({ firstName, points, mobile, city }): Change => {
    const address = { id: 'home', country: 'DE', city, mobile };
    const home = city ? { addresses: [address], defaultBillingAddressId: 'home' } : NOWHERE;
    return {
      name: `the customer becomes ${firstName} of ${city}, ${mobile}, with ${points} points`,
      async make(shop) {
        const custom = { type: { typeId: 'type' as const, id: 'type-1' }, fields: { points } };
        await shop.put('customer', { ...lena, firstName, custom, ...home });
        return [
          told.updated(lena),
          told.customerSet('CustomerFirstNameSet', lena, { firstName }),
          told.customerSet('CustomerCustomFieldRemoved', lena, { name: 'points' }),
          city
            ? told.customerSet('CustomerAddressChanged', lena, { address })
            : told.customerSet('CustomerAddressRemoved', lena, {
                address: former,
                addressRoles: ['DefaultBillingAddress'],
              }),
        ];
      },
    };
  });

const customerSignsUp: Change = {
  name: 'the customer signs up',
  async make(shop) {
    await shop.put('customer', lena);
    return [told.created(lena)];
  },
};

/** Somebody signs up, and changes this and that. */
export const customerStory: Story = {
  begin: (shop) => shop.remove('customer', lena.id),
  changes: some(2, customerBecomes).map((changes) => [customerSignsUp, ...changes]),
  whole: async () => [told.updated(lena)],
};
