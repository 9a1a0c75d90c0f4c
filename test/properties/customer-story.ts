import * as fc from 'fast-check';
import * as told from '../integration/notifications.ts';
import { seed, some } from './changes.ts';
import type { Change, Story } from './interleavings.ts';

const lena = seed('customer', 0);

const customerBecomes = fc
  .record({
    firstName: fc.constantFrom('Lena', 'Helena', undefined),
    // No message says that a phone number was emptied while its address is there, so Klaviyo keeps the one it has.
    mobile: fc.constantFrom('0171 39200 15', '0171 39200 16'),
    city: fc.constantFrom('Berlin', 'Bremen'),
  })
  .map(({ firstName, mobile, city }): Change => {
    const address = { id: 'home', country: 'DE', city, mobile };
    return {
      name: `the customer becomes ${firstName} of ${city}, ${mobile}`,
      async make(shop) {
        await shop.put('customer', { ...lena, firstName, addresses: [address], defaultBillingAddressId: 'home' });
        return [
          told.updated(lena),
          told.customerSet('CustomerFirstNameSet', lena, { firstName }),
          told.customerSet('CustomerAddressChanged', lena, { address }),
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
