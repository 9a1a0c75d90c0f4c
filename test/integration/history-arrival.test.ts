import { describe, expect, test } from 'vitest';
import type { History } from '../../shared/history/history.ts';
import { StoppedError } from '../../shared/history/patience.ts';
import type { ReadableReport } from '../../shared/history/report.ts';
import type { FaultTarget } from '../doubles/faults.ts';
import { isSingleEvent } from '../doubles/klaviyo/events.ts';
import type { KlaviyoEvent } from '../doubles/klaviyo/state.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { rejectionOf } from '../unit/support.ts';
import { differencesOf } from './history.ts';
import { orderHistoryForAll, waits } from './order-history.ts';

const { shop, klaviyo, run, set, repair, told, forget } = await orderHistoryForAll();

const sent = (is: (request: FaultTarget) => boolean) => klaviyo.requests.filter(is).length;
const ORDERS = seeded('order').map(({ id }) => id);

describe('a request that Klaviyo took and lost', () => {
  test('is found when the run looks again, and each of its events goes by itself', async () => {
    set('bulkEventLoss', 1);
    const { minutes, around } = waits();
    const report = await repair({ around });
    expect(minutes).toEqual([5, 10]);
    expect(told('Placed Order').toSorted()).toEqual(ORDERS);
    expect(klaviyo.state.events.filter(({ backfill }) => !backfill)).toEqual([]);
    expect(klaviyo.state.arrivals).toMatchObject({ bulk: 0, single: klaviyo.state.events.length });
    expect(report.isEqual()).toBe(true);
  });

  test('in part is found in part', async () => {
    const isLost = ({ metric, unique_id }: KlaviyoEvent) =>
      metric === 'Refunded Order' || unique_id === ids.lineItem(3);
    const report = await repair({
      around: (history) => {
        const sendEvents: typeof history.account.sendEvents = async (group) => {
          await history.account.sendEvents(group);
          forget(isLost);
        };
        return { ...history, account: { ...history.account, sendEvents } };
      },
    });
    expect(sent(isSingleEvent)).toBe(3);
    expect(klaviyo.state.events.filter(isLost)).toHaveLength(3);
    expect(report.isEqual()).toBe(true);
  });

  test('is reported if what goes by itself is lost as well', async () => {
    set('bulkEventLoss', 1);
    klaviyo.faults.add({
      match: isSingleEvent,
      times: Number.POSITIVE_INFINITY,
      effect: { kind: 'status', status: 202 },
    });
    const report = await repair();
    expect(report.rows()).toMatchObject([
      { subject: 'Placed Order', commercetools: 10, klaviyo: 0, counts: { missing: 10 } },
      { subject: 'Ordered Product', counts: { missing: 15 } },
      { subject: 'Fulfilled Order', counts: { missing: 1 } },
      { subject: 'Cancelled Order', counts: { missing: 1 } },
      { subject: 'Refunded Order', counts: { missing: 2 } },
    ]);
  });
});

test('of an order whose products Klaviyo has had all along nothing is waited for', async () => {
  await repair();
  forget(({ unique_id }) => unique_id === ids.order(2));
  const { minutes, around } = waits();
  const report = await repair({ around });
  expect(minutes).toEqual([]);
  expect(told('Placed Order')).toContain(ids.order(2));
  expect(report.isEqual()).toBe(true);
});

test('what Klaviyo records a little later is waited for, and not sent again', async () => {
  set('bulkEventLag', 7);
  const { minutes, around } = waits(() => klaviyo.finishJobs());
  const report = await repair({ around });
  expect(minutes).toEqual([5]);
  expect(klaviyo.state.arrivals).toMatchObject({ single: 0, batches: 1 });
  expect(report.isEqual()).toBe(true);
});

test('where all has arrived nobody waits', async () => {
  const { minutes, around } = waits();
  await repair({ around });
  forget(({ properties }) => properties.OrderId === '2026-1003');
  await repair({ around });
  expect(told('Placed Order').toSorted()).toEqual(ORDERS);
  expect(minutes).toEqual([]);
});

test('an event that Klaviyo refuses costs no other event of its order, and is reported', async () => {
  const [order] = seeded('order');
  const [line, ...lines] = order?.lineItems ?? [];
  if (!order || !line) throw new Error('The seed lacks an order');
  const long = 'x'.repeat(300);
  await shop.put('order', { ...order, lineItems: [{ ...line, id: long }, ...lines] });
  const report = await repair();
  expect(told('Placed Order').toSorted()).toEqual(ORDERS);
  expect(told('Ordered Product')).toHaveLength(14);
  expect(sent(isSingleEvent)).toBe(3);
  expect(differencesOf(report)).toEqual([
    { subject: 'Ordered Product', what: 'missing', id: order.id, uniqueId: long },
  ]);
});

test.each([true, false])(
  'what is stored already may refuse a request, which costs nothing; named: %s',
  async (isNamed) => {
    set('bulkRefusesStored', true);
    set('bulkPointers', isNamed);
    const fulfilled = {
      metric: 'Fulfilled Order',
      uniqueId: ids.order(3),
      time: '2026-05-17T00:00:00Z',
      properties: {},
    };
    await run(async ({ live }: History) =>
      live.apply([
        { kind: 'identify', externalId: ids.customer(3), email: 'jonas.brandt@example.org', profileId: undefined },
        { kind: 'createEvent', event: { ...fulfilled, profile: { externalId: ids.customer(3) } }, trimmed: [] },
      ]),
    );
    const report = await repair();
    expect(report.isEqual()).toBe(true);
    expect(klaviyo.eventsOf('Fulfilled Order')).toMatchObject([{ time: '2026-05-17T00:00:00.000Z' }]);
    expect(told('Placed Order').toSorted()).toEqual(ORDERS);
  },
);

test('a run that is told to stop begins nothing new, and tells what was sent until then', async () => {
  set('bulkEventLoss', 1);
  const { around } = waits(() => {
    throw new StoppedError();
  });
  let report: ReadableReport | undefined;
  const stopped = repair({
    around: (history) => {
      report = history.report;
      return around(history);
    },
  });
  expect(await rejectionOf(stopped)).toBeInstanceOf(StoppedError);
  expect(sent(isSingleEvent)).toBe(0);
  expect(report?.rows().find(({ subject }) => subject === 'Placed Order')).toMatchObject({ repaired: ORDERS.length });
});
