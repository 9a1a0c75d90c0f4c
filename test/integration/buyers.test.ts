import type { Customer, Order } from '@commercetools/platform-sdk';
import { beforeEach, describe, expect, test } from 'vitest';
import { EVENT_IDENTITIES } from '../doubles/klaviyo/settings.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { created, givenToCustomer, placed, stateChanged, updated } from './notifications.ts';
import { functionForAll } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [lena, jordan] = seeded('customer');
const [order] = seeded('order');
const guestOrder = seeded('order').find(({ customerId }) => !customerId);
if (!lena || !jordan || !order || !guestOrder) throw new Error('The seed lacks customers or orders');

const profile = (email: string) => klaviyo.profileByEmail(email);
const profileOf = ({ id }: Customer) =>
  [...klaviyo.state.profiles.values()].find(({ external_id }) => external_id === id);
/** Whose events of a metric there are, by customer id. */
const buyersOf = (metric: string) =>
  klaviyo.eventsOf(metric).map(({ profile_id }) => klaviyo.state.profiles.get(profile_id)?.external_id);
const ofLena = (more: Partial<Order> = {}): Order => ({ ...order, ...more });
const late = () => ({ publishTime: new Date(Date.now() - 120_000) });

/** A profile of a newsletter form: by e-mail only. */
async function subscribe(email: string) {
  expect(await push(placed({ ...guestOrder, id: crypto.randomUUID(), customerEmail: email } as Order))).toBe(204);
  klaviyo.state.events.length = 0;
}

describe.each(EVENT_IDENTITIES)('whose event it is, if Klaviyo looks at: %s', (eventIdentity) => {
  beforeEach(() => {
    klaviyo.eventIdentity = eventIdentity;
  });

  test.each(['gift@example.org', 'jordan.avery@example.org', 'n/a', undefined])(
    'the customer’s, whatever the order says: %s',
    async (customerEmail) => {
      await push(updated(lena));
      await push(updated(jordan));
      expect(await push(placed(ofLena({ customerEmail })))).toBe(204);
      expect(buyersOf('Placed Order')).toEqual([lena.id]);
      expect(buyersOf('Ordered Product')).toEqual([lena.id, lena.id]);
      expect(klaviyo.state.profiles).toHaveLength(2);
      expect(profileOf(lena)).toMatchObject({ email: lena.email });
    },
  );

  test('the customer’s with the e-mail of now, when Klaviyo does not know the customer yet', async () => {
    expect(await push(placed(ofLena({ customerEmail: 'gift@example.org' })))).toBe(204);
    expect([...klaviyo.state.profiles.values()]).toMatchObject([{ external_id: lena.id, email: lena.email }]);
  });

  test('the customer’s, whose e-mail a later event of an old order does not put back', async () => {
    await shop.put('customer', { ...lena, email: 'lena.new@example.org' });
    await push(updated(lena));
    await shop.put('order', ofLena({ orderState: 'Complete' }));
    expect(await push(stateChanged(order.id, 'Complete'))).toBe(204);
    expect(buyersOf('Fulfilled Order')).toEqual([lena.id]);
    expect(profileOf(lena)).toMatchObject({ email: 'lena.new@example.org' });
  });

  test('the customer’s, when a form has the e-mail to which the customer has just changed', async () => {
    await push(updated(lena));
    await subscribe('lena.new@example.org');
    await shop.put('customer', { ...lena, email: 'lena.new@example.org' });
    expect(await push(placed(ofLena({ customerEmail: 'lena.new@example.org' })))).toBe(204);
    expect(buyersOf('Placed Order')).toEqual([lena.id]);
    expect(klaviyo.state.profiles).toHaveLength(1);
    expect(profileOf(lena)).toMatchObject({ email: 'lena.new@example.org' });
  });

  test.each([true, false])(
    'the customer’s, who has just taken the e-mail of another; known before: %s',
    async (isKnown) => {
      await push(updated(jordan));
      if (isKnown) await push(updated(lena));
      await shop.put('customer', { ...jordan, email: 'jordan.new@example.org' });
      await shop.put('customer', { ...lena, email: jordan.email });
      expect(await push(placed(ofLena({ customerEmail: jordan.email })))).toBe(204);
      expect(buyersOf('Placed Order')).toEqual([lena.id]);
      expect(profileOf(lena)).toMatchObject({ email: jordan.email });
      expect(profileOf(jordan)).toMatchObject({ email: 'jordan.new@example.org', first_name: 'Jordan' });
    },
  );

  test('the customer’s to whom it was given, once', async () => {
    await push(placed({ ...guestOrder, customerEmail: 'gift@example.org' }));
    await shop.put('order', { ...guestOrder, customerId: lena.id, customerEmail: 'gift@example.org' });
    for (let delivery = 0; delivery < 2; delivery++) expect(await push(givenToCustomer(guestOrder.id))).toBe(204);
    expect(buyersOf('Placed Order').filter((id) => id === lena.id)).toHaveLength(1);
    expect(profile('gift@example.org')).toMatchObject({ external_id: null });
  });

  test('the customer’s from whom it was taken, and nobody’s once more', async () => {
    await push(updated(lena));
    await push(placed(ofLena({ customerEmail: 'gift@example.org' })));
    await shop.put('order', ofLena({ customerEmail: 'gift@example.org', customerId: undefined }));
    expect(await push(givenToCustomer(order.id))).toBe(204);
    expect(buyersOf('Placed Order')).toEqual([lena.id]);
    expect(profile('gift@example.org')).toBeUndefined();
  });

  test('by the id, when the customer is gone and the e-mail is another’s', async () => {
    await push(updated(jordan));
    await shop.remove('customer', lena.id);
    expect(await push(placed(ofLena({ customerEmail: jordan.email })))).toBe(204);
    expect(buyersOf('Placed Order')).toEqual([lena.id]);
    expect(profileOf(jordan)).toMatchObject({ email: jordan.email });
  });
});

test.each([
  [404, 'not_found'],
  [409, 'conflict'],
])('a refusal in the middle of a takeover is no verdict on the e-mail: %s', async (status, code) => {
  await push(updated(lena));
  await push(updated(jordan));
  await shop.put('customer', { ...jordan, email: lena.email });
  await shop.put('customer', { ...lena, email: jordan.email });
  // The first update is refused as the e-mail is taken, the second clears the customer's own.
  const match = ({ method }: { method: string }) => method === 'PATCH';
  klaviyo.faults.add({ match, after: 1, effect: { kind: 'status', status, body: { errors: [{ code }] } } });
  expect(await push(placed(order))).toBe(500);
  expect(await push(placed(order))).toBe(204);
  expect(profileOf(lena)).toMatchObject({ email: jordan.email });
  expect(buyersOf('Placed Order')).toEqual([lena.id]);
});

describe('what an order tells of its buyer', () => {
  test('is nothing of a customer who has an address, and the address of one who has none', async () => {
    const bare = { ...lena, addresses: [], defaultBillingAddressId: undefined, billingAddressIds: [] };
    await shop.put('customer', bare);
    await push(updated(bare));
    expect(await push(placed(order))).toBe(204);
    expect(profileOf(lena)).toMatchObject({ first_name: 'Lena', location: { city: 'München' } });
  });

  test('is only what there is: a country does not erase street and city', async () => {
    await push(placed(guestOrder));
    const abroad = { ...guestOrder, id: crypto.randomUUID(), billingAddress: { country: 'AT' } };
    expect(await push(placed(abroad))).toBe(204);
    expect(profile('noor.gast@example.org')).toMatchObject({
      ...{ first_name: 'Noor', location: { address1: '2, Probeweg', city: 'Köln', country: 'AT' } },
    });
  });

  test('is no guest’s name for the customer who has the e-mail', async () => {
    await push(updated(lena));
    expect(await push(placed({ ...guestOrder, customerEmail: lena.email }))).toBe(204);
    expect(buyersOf('Placed Order')).toEqual([lena.id]);
    expect(profileOf(lena)).toMatchObject({ first_name: 'Lena', location: { city: 'München' } });
  });

  test('is nothing when it comes late, unless nobody is known by the e-mail', async () => {
    expect(await push(placed(guestOrder), late())).toBe(204);
    expect(profile('noor.gast@example.org')).toMatchObject({ first_name: 'Noor' });
    const renamed = { ...guestOrder, billingAddress: { country: 'AT', firstName: 'N.' } };
    expect(await push(placed(renamed), late())).toBe(204);
    expect(profile('noor.gast@example.org')).toMatchObject({ first_name: 'Noor', location: { country: 'DE' } });
  });

  test('is nothing when it is history, however fresh the message of its import is', async () => {
    await push(placed(guestOrder));
    const { id } = Object(fixture('OrderImported').order);
    const history = { completedAt: '2015-03-04T12:00:00.000Z', billingAddress: { country: 'AT', firstName: 'N.' } };
    expect(await push({ ...fixture('OrderImported'), order: { ...guestOrder, id, ...history } })).toBe(204);
    expect(profile('noor.gast@example.org')).toMatchObject({ first_name: 'Noor', location: { country: 'DE' } });
  });

  test('is what Klaviyo does not know, when a later event of the order came first', async () => {
    await shop.put('order', { ...guestOrder, orderState: 'Complete' });
    await push(stateChanged(guestOrder.id, 'Complete'));
    expect(profile('noor.gast@example.org')).toMatchObject({ first_name: null });
    expect(await push(placed(guestOrder), late())).toBe(204);
    expect(profile('noor.gast@example.org')).toMatchObject({ first_name: 'Noor', location: { city: 'Köln' } });
  });
});

test('an e-mail that Klaviyo refuses costs the e-mail of the event, not the event', async () => {
  await shop.put('customer', { ...lena, email: 'lena@nowhere' });
  expect(await push(placed(ofLena({ customerEmail: 'lena@nowhere' })))).toBe(204);
  expect(buyersOf('Placed Order')).toEqual([lena.id]);
  expect(log.at(-1)).toMatchObject({ severity: 'WARNING', warnings: [expect.stringContaining('e-mail')] });
});

test('blanks around an e-mail are not part of it', async () => {
  expect(await push(created({ ...lena, email: ` ${lena.email} ` }))).toBe(204);
  expect(profile(lena.email)).toMatchObject({ external_id: lena.id });
  expect(await push(placed({ ...guestOrder, customerEmail: ' noor.gast@example.org' }))).toBe(204);
  expect(profile('noor.gast@example.org')).toBeDefined();
});

describe('an imported order', () => {
  const imported = (more: Partial<Order>) => {
    const message = fixture('OrderImported');
    return { ...message, order: { ...Object(message.order), ...more } };
  };

  test('happened when it was completed, and fires no flow', async () => {
    const completed = { orderState: 'Complete', completedAt: '2015-03-04T12:00:00.000Z' } as const;
    expect(await push(imported(completed))).toBe(204);
    expect(klaviyo.eventsOf('Placed Order')).toMatchObject([{ time: '2015-03-04T12:00:00.000Z', backfill: true }]);
    for (const { time, backfill } of klaviyo.eventsOf('Ordered Product'))
      expect({ time, backfill }).toEqual({ time: '2015-03-04T12:00:01.000Z', backfill: true });
  });

  test.each(['0001-01-01T00:00:00.000Z', '1985-03-04T12:00:00.000Z', '2999-01-01T00:00:00.000Z'])(
    'happened when it was imported, if Klaviyo does not take its time: %s',
    async (completedAt) => {
      expect(await push(imported({ completedAt }))).toBe(204);
      const { createdAt } = Object(fixture('OrderImported').order);
      const [event] = klaviyo.eventsOf('Placed Order');
      expect(Math.abs(Date.parse(String(event?.time)) - Date.parse(createdAt))).toBeLessThan(1000);
    },
  );

  test('of today is no history', async () => {
    expect(await push(imported({}))).toBe(204);
    expect(klaviyo.eventsOf('Placed Order')).toMatchObject([{ backfill: false }]);
  });
});

test('a renewal, the e-mail of an order of nobody, and a payment that brings its refund are events', async () => {
  for (const name of ['OrderCreatedFromRecurringOrder', 'OrderCustomerEmailSet', 'PaymentCreated'])
    expect(await push(fixture(name))).toBe(204);
  expect(klaviyo.eventsOf('Placed Order')).toHaveLength(2);
  expect(klaviyo.eventsOf('Refunded Order')).toHaveLength(1);
});
