import type { Customer } from '@commercetools/platform-sdk';
import * as fc from 'fast-check';
import type { Shop } from '../doubles/shop/index.ts';
import * as told from '../integration/notifications.ts';
import { seed } from './changes.ts';
import type { Change, Story } from './interleavings.ts';

const customers = [seed('customer', 0), seed('customer', 1)] as const;
const orders = [seed('order', 0), seed('order', 1)] as const;

const current = async (shop: Shop, { id }: Customer): Promise<Customer> => {
  const customer = await shop.get('customer', id);
  if (!customer) throw new Error(`The shop has no customer ${id}`);
  return customer;
};

/** Lets commercetools show both customers with these e-mail addresses, and gives the updates. */
async function become(shop: Shop, emails: readonly [string, string]) {
  for (const [index, customer] of customers.entries())
    await shop.put('customer', { ...(await current(shop, customer)), email: emails[index] ?? customer.email });
  return customers.map(told.updated);
}

const exchange: Change = {
  name: 'the customers exchange their e-mail addresses',
  async make(shop) {
    const [one, other] = await Promise.all(customers.map((customer) => current(shop, customer)));
    return become(shop, [other?.email ?? '', one?.email ?? '']);
  },
};

const takeover = (index: 0 | 1): Change => ({
  name: `customer ${index} takes the address that the other gives up`,
  async make(shop) {
    const giver = await current(shop, customers[1 - index] as Customer);
    const free = `${crypto.randomUUID()}@example.org`;
    return become(shop, index === 0 ? [giver.email, free] : [free, giver.email]);
  },
});

/** An order of a customer, with the e-mail of the moment, or one that is somebody's gift. */
const order = (index: 0 | 1, isGift: boolean): Change => ({
  name: `customer ${index} orders${isGift ? ' a gift' : ''}`,
  async make(shop) {
    const { email } = await current(shop, customers[isGift ? 1 - index : index] as Customer);
    const placed = await shop.put('order', { ...orders[index], customerId: customers[index].id, customerEmail: email });
    return [told.placed(placed)];
  },
});

/** Two customers exchange or take over each other's e-mail addresses, while they order. */
export const identityStory: Story = {
  async begin(shop) {
    for (const customer of customers) await shop.put('customer', customer);
    for (const { id } of orders) await shop.remove('order', id);
  },
  changes: fc
    .array(fc.constantFrom(exchange, takeover(0), takeover(1)), { minLength: 1, maxLength: 2 })
    .chain((moves) =>
      fc
        .tuple(fc.boolean(), fc.boolean())
        .chain(([first, second]) =>
          fc.shuffledSubarray([...moves, order(0, first), order(1, second)], { minLength: moves.length }),
        ),
    )
    .map((changes) => [{ name: 'the customers sign up', make: async () => customers.map(told.created) }, ...changes]),
  async whole(shop) {
    const known = await Promise.all(orders.map(({ id }) => shop.get('order', id)));
    return [...customers.map(told.updated), ...known.filter((one) => one !== undefined).map(told.placed)];
  },
};
