import type { Order } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { Written } from '../../shared/klaviyo/json.ts';
import type { FaultTarget } from '../doubles/faults.ts';
import { isEventBulk } from '../doubles/klaviyo/event-bulk.ts';
import { isSingleEvent } from '../doubles/klaviyo/events.ts';
import { EVENT_IDENTITIES } from '../doubles/klaviyo/settings.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { differencesOf, reasonsOf } from './history.ts';
import { aboutCustomer, placed } from './notifications.ts';
import { orderHistoryForAll, orderOf, waits } from './order-history.ts';

const { shop, klaviyo, run, set, ...world } = await orderHistoryForAll();

/** Of the seed there is one order then, a guest's. */
const day = { since: Date.parse('2026-05-08T00:00:00Z'), until: Date.parse('2026-05-09T00:00:00Z') };
const repair = (given: Parameters<typeof run>[1] = {}) => world.repair({ ...day, ...given });

const [lena] = seeded('customer');
const guestOrder = orderOf(5);
if (!lena) throw new Error('The seed lacks something');
const GUEST = 'noor.gast@example.org';

/** Changes the guest's order. */
const put = (fields: Partial<Order>) => shop.put('order', { ...guestOrder, ...fields });

/** Adds an order of the same guest. */
const add = (number: number, fields: Partial<Order>) => world.add(number, fields, guestOrder);

/** Has Klaviyo refuse requests. */
const refuse = (isMeant: (request: FaultTarget) => boolean, times = Number.POSITIVE_INFINITY) =>
  klaviyo.faults.add({ match: isMeant, times, effect: { kind: 'status', status: 400 } });

/** Who has an event of a metric, by id and e-mail. */
const owners = (metric: string) =>
  klaviyo.eventsOf(metric).map(({ profile_id }) => {
    const { external_id, email } = klaviyo.state.profiles.get(profile_id) ?? {};
    return { external_id, email };
  });
const customerOf = (externalId: string) =>
  [...klaviyo.state.profiles.values()].find(({ external_id }) => external_id === externalId);

/** Lets Klaviyo know a customer as live traffic does. */
const know = ({ id }: { id: string }) => world.tell(aboutCustomer(id));

describe('a guest whom Klaviyo does not know', () => {
  test('is told name and address, but no phone number', async () => {
    await repair();
    expect(klaviyo.profileByEmail(GUEST)).toMatchObject({
      ...{ external_id: null, first_name: 'Noor', last_name: 'Gast', phone_number: null },
      location: { address1: '2, Probeweg', city: 'Köln', zip: '50667', country: 'DE' },
    });
  });

  test('is told by the newest order', async () => {
    const older = { country: 'AT', firstName: 'N.', lastName: 'G.', city: 'Wien' };
    await add(11, { createdAt: '2026-05-08T08:00:00.000Z', billingAddress: older });
    await add(1, {
      createdAt: '2026-05-08T09:00:00.000Z',
      billingAddress: older,
      customerEmail: 'Noor.Gast@example.org',
    });
    await repair();
    expect(klaviyo.eventsOf('Placed Order')).toHaveLength(3);
    expect(klaviyo.state.profiles).toHaveLength(1);
    expect(klaviyo.profileByEmail(GUEST)).toMatchObject({ first_name: 'Noor', location: { city: 'Köln' } });
  });
});

test('a guest is told by one order, also of days that are read side by side', async () => {
  await world.tell(placed(orderOf(4)));
  await add(11, { createdAt: '2026-05-06T08:00:00.000Z' });
  let telling = 0;
  await repair({
    since: Date.parse('2026-05-06T00:00:00Z'),
    around: (history) => {
      const sendEvents: typeof history.account.sendEvents = (group) => {
        if (group.profile.firstName) telling++;
        return history.account.sendEvents(group);
      };
      return { ...history, account: { ...history.account, sendEvents } };
    },
  });
  expect(klaviyo.eventsOf('Placed Order')).toHaveLength(4);
  expect(telling).toBe(1);
});

test.each(['a request that Klaviyo took and lost', 'a request that Klaviyo refuses'])(
  'a guest is told in spite of %s',
  async (of) => {
    if (of.endsWith('lost')) set('bulkEventLoss', 1);
    else refuse(isEventBulk);
    await repair();
    expect(klaviyo.profileByEmail(GUEST)).toMatchObject({ first_name: 'Noor', location: { country: 'DE' } });
  },
);

test('a guest whose name Klaviyo refuses is told nothing, and has the events', async () => {
  refuse(isEventBulk);
  refuse(isSingleEvent, 1);
  await repair();
  const told = klaviyo.requests
    .filter(isSingleEvent)
    .map(({ status, body }) => ({ status, isTelling: JSON.stringify(body).includes('"first_name":"Noor"') }));
  expect(told[0]).toEqual({ status: 400, isTelling: true });
  expect(told[1]).toEqual({ status: 202, isTelling: false });
  expect(world.told('Placed Order')).toEqual([ids.order(5)]);
});

test('a guest whom Klaviyo knows is told nothing that Klaviyo knows', async () => {
  await run(async ({ account }) =>
    account.sendEvents({
      profile: { email: GUEST, firstName: 'Eleonora', location: { city: 'Aachen' } },
      events: [{ metric: 'Something', uniqueId: '1', time: '2026-05-01T00:00:00Z', properties: new Written({}) }],
    }),
  );
  await repair();
  expect(klaviyo.profileByEmail(GUEST)).toMatchObject({ first_name: 'Eleonora', location: { city: 'Aachen' } });
});

test('a guest with the e-mail of a customer tells nothing of the customer', async () => {
  await know(lena);
  await put({ customerEmail: lena.email });
  await repair();
  expect(owners('Placed Order')).toEqual([{ external_id: lena.id, email: lena.email }]);
  expect(customerOf(lena.id)).toMatchObject({ first_name: 'Lena', location: { city: 'München' } });
});

test('what a guest told is overwritten by the customer who the guest has become meanwhile', async () => {
  const noor = { ...lena, id: ids.customer(99), email: GUEST, firstName: 'Eleonora' };
  const signUp = async () => {
    await shop.put('customer', { ...noor, lastModifiedAt: new Date().toISOString() });
    await know(noor);
  };
  await repair({
    around: (history) => {
      const sendEvents: typeof history.account.sendEvents = async (group) => {
        await signUp();
        return history.account.sendEvents(group);
      };
      return { ...history, account: { ...history.account, sendEvents } };
    },
  });
  expect(owners('Placed Order')).toEqual([{ external_id: noor.id, email: GUEST }]);
  expect(customerOf(noor.id)).toMatchObject({ first_name: 'Eleonora', location: { city: 'München' } });
});

describe.each(EVENT_IDENTITIES)('a customer, if Klaviyo looks at: %s', (eventIdentity) => {
  test('is known by id and e-mail before there are events, whatever e-mail the order has', async () => {
    set('eventIdentity', eventIdentity);
    await put({ customerId: lena.id, customerEmail: 'gift@example.org' });
    await repair();
    expect([...klaviyo.state.profiles.values()]).toMatchObject([{ external_id: lena.id, email: lena.email }]);
    expect(owners('Placed Order')).toEqual([{ external_id: lena.id, email: lena.email }]);
  });
});

describe('a customer who is gone', () => {
  const gone = { customerId: ids.customer(99) };

  test('and whom Klaviyo does not know may have been erased: nothing is written, which is as it should be', async () => {
    await put(gone);
    for (const report of [await repair(), await repair(), await repair({ repair: false })]) {
      expect(reasonsOf(report)).toEqual({ erased: 1 });
      expect(report.rows()).toMatchObject([{ subject: 'Placed Order', commercetools: 1, klaviyo: 0 }, {}, {}, {}, {}]);
      expect(report.isEqual()).toBe(true);
    }
    expect(klaviyo.state.events).toEqual([]);
    expect(klaviyo.state.profiles).toHaveLength(0);
  });

  test('since the run began gets no profile anew by what has to be sent again', async () => {
    await know(lena);
    await put({ customerId: lena.id });
    set('bulkEventLoss', 1);
    const erase = async () => {
      await shop.remove('customer', lena.id);
      klaviyo.state.profiles.clear();
    };
    await repair(waits(erase));
    expect(klaviyo.state.events).toEqual([]);
    expect(klaviyo.state.profiles).toHaveLength(0);
  });

  test.each(['erase', 'keep'])(
    'while events were on their way has no profile that they made anew, unless profiles are kept: %s',
    async (onDelete) => {
      await know(lena);
      await put({ customerId: lena.id });
      await repair({
        settings: { customers: { onDelete } },
        around: (history) => {
          const sendEvents: typeof history.account.sendEvents = async (group) => {
            await shop.remove('customer', lena.id);
            klaviyo.state.profiles.clear();
            return history.account.sendEvents(group);
          };
          return { ...history, account: { ...history.account, sendEvents } };
        },
      });
      expect(klaviyo.state.profiles).toHaveLength(onDelete === 'keep' ? 1 : 0);
    },
  );

  test('while events were on their way keeps a profile that was there before', async () => {
    await know(lena);
    await put({ customerId: lena.id });
    await repair({
      settings: { customers: { onDelete: 'erase' } },
      around: (history) => {
        const sendEvents: typeof history.account.sendEvents = async (group) => {
          await shop.remove('customer', lena.id);
          return history.account.sendEvents(group);
        };
        return { ...history, account: { ...history.account, sendEvents } };
      },
    });
    expect(customerOf(lena.id)).toMatchObject({ email: lena.email });
  });

  test('has the events of a profile that Klaviyo kept', async () => {
    await shop.put('customer', { ...lena, id: gone.customerId, email: GUEST });
    await know({ id: gone.customerId });
    await shop.remove('customer', gone.customerId);
    await put(gone);
    expect((await repair()).isEqual()).toBe(true);
    expect(owners('Placed Order')).toEqual([{ external_id: gone.customerId, email: GUEST }]);
  });

  test('has the events by id and e-mail where profiles are kept', async () => {
    await put(gone);
    expect((await repair({ settings: { customers: { onDelete: 'keep' } } })).isEqual()).toBe(true);
    expect(owners('Placed Order')).toEqual([{ external_id: gone.customerId, email: GUEST }]);
  });
});

test('an order of nobody is nobody’s, which is as it should be', async () => {
  await add(11, { createdAt: '2026-05-08T08:00:00.000Z', customerEmail: undefined });
  for (const exact of [false, true]) {
    const report = await repair({ exact });
    expect(klaviyo.eventsOf('Placed Order')).toHaveLength(1);
    expect(differencesOf(report)).toEqual([]);
    if (exact) expect(reasonsOf(report)).toEqual({ nobody: 1 });
  }
});

test('a guest whose e-mail Klaviyo refuses has no events, which is as it should be, and costs no other order', async () => {
  await put({ customerEmail: 'noor@nowhere' });
  await add(11, { createdAt: '2026-05-08T08:00:00.000Z' });
  const report = await repair();
  expect(owners('Placed Order')).toEqual([{ external_id: null, email: GUEST }]);
  expect(reasonsOf(report)).toEqual({ refused: 1 });
  expect(report.isEqual()).toBe(true);
});
