import { beforeEach, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { differencesOf } from './history.ts';
import { stateChanged } from './notifications.ts';
import { orderHistoryForAll, orderOf } from './order-history.ts';

const { klaviyo, repair, compare, tell, all, forget, put, add } = await orderHistoryForAll();

const [lena] = seeded('customer');
if (!lena) throw new Error('The seed lacks a customer');
const GUEST = 'noor.gast@example.org';

/** On the day of the guest's order there is another one, so that the day is compared when the other one is lost. */
beforeEach(async () => {
  await add(11, { createdAt: orderOf(5).createdAt });
});

test.each<[string, () => unknown]>([
  ['of a guest’s order that was given another e-mail', () => put(5, { customerEmail: 'noor.neu@example.org' })],
  ['of a guest’s order that was given to a customer', () => put(5, { customerId: lena.id })],
  [
    'of a guest who has another e-mail in Klaviyo',
    () => Object.assign(klaviyo.profileByEmail(GUEST) ?? expect.unreachable(), { email: 'noor.neu@example.org' }),
  ],
])('an event %s is not doubled', async (_, change) => {
  await repair();
  const before = all();
  await change();
  forget(({ unique_id }) => unique_id === ids.order(11));
  expect(differencesOf(await compare()).map(({ id }) => id)).toEqual([ids.order(11)]);
  expect((await repair({ exact: true })).isEqual()).toBe(true);
  expect(all()).toEqual(before);
});

test('a state that live traffic told of a guest is not doubled when the order is given another e-mail', async () => {
  await put(5, { orderState: 'Complete' });
  await tell({ ...stateChanged(ids.order(5), 'Complete'), createdAt: '2026-05-16T08:00:00.000Z' });
  await repair();
  const before = all();
  await put(5, { orderState: 'Complete', customerEmail: 'noor.neu@example.org' });
  forget(({ metric, unique_id }) => metric === 'Fulfilled Order' && unique_id === ids.order(3));
  expect(differencesOf(await compare()).map(({ id }) => id)).toEqual([ids.order(3)]);
  expect((await repair()).isEqual()).toBe(true);
  expect(all()).toEqual(before);
});
