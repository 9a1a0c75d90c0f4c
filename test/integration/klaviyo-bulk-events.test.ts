import { describe, expect, it } from 'vitest';
import { PermanentError, RetryableError } from '../../shared/errors.ts';
import type { Account, EventGroup } from '../../shared/klaviyo/bulk/account.ts';
import { Written } from '../../shared/klaviyo/json.ts';
import type { Effect } from '../doubles/faults.ts';
import { EVENT_BULK, isEventBulk } from '../doubles/klaviyo/event-bulk.ts';
import { enforceLimits } from '../doubles/klaviyo/limiter.ts';
import { addMetric } from '../doubles/klaviyo/metrics.ts';
import { accountForAll, orderOf } from './account.ts';

const { klaviyo, account } = await accountForAll();

const requests = () => klaviyo.requests.filter(isEventBulk);

const orders = (count: number) => Array.from({ length: count }, (_, number) => orderOf(`order-${number}`));
const send = ({ sendEvents }: Account, groups: readonly EventGroup[]) => Promise.all(groups.map(sendEvents));

const DAY = 86_400_000;
const START = Date.parse('2025-06-01T00:00:00Z');

describe('events of history', () => {
  it('fill their requests', async () => {
    await send(account(), orders(1100));
    expect(klaviyo.eventsOf('Placed Order')).toHaveLength(1100);
    expect(requests()).toHaveLength(3);
  });

  it('are silent, and are sent once whatever passes', async () => {
    klaviyo.bulkRefusesStored = true;
    const effects: Effect[] = [
      { kind: 'status', status: 503 },
      { kind: 'status', status: 429, retryAfter: 1 },
      { kind: 'reset' },
      { kind: 'garbage', applied: false },
    ];
    for (const effect of effects) klaviyo.faults.add({ match: isEventBulk, effect });
    await send(account(), orders(10));
    expect(klaviyo.state.events).toHaveLength(20);
    expect(klaviyo.state.events.every(({ backfill }) => backfill)).toBe(true);
  });

  it.each([true, false])('cost no others when they are refused, with pointers: %s', async (bulkPointers) => {
    klaviyo.bulkPointers = bulkPointers;
    const groups = orders(20);
    groups[7] = orderOf('order-7', { email: 'n/a' });
    const results = await Promise.allSettled(groups.map(account().sendEvents));
    const refused = results.flatMap((result, index) => (result.status === 'rejected' ? [[index, result.reason]] : []));
    expect(refused).toEqual([[7, expect.any(PermanentError)]]);
    expect(klaviyo.eventsOf('Placed Order')).toHaveLength(19);
    expect(requests().length).toBeLessThanOrEqual(bulkPointers ? 2 : 11);
  });

  it('go in smaller requests where a gateway finds them too large', async () => {
    klaviyo.faults.add({ match: isEventBulk, effect: { kind: 'status', status: 413, body: '<html>' } });
    await send(account(), orders(10));
    expect(requests().map(({ status }) => status)).toEqual([413, 202, 202]);
  });

  it('are given up together, when nothing has succeeded for as long as the run waits', async () => {
    klaviyo.faults.add({
      match: isEventBulk,
      times: Number.POSITIVE_INFINITY,
      effect: { kind: 'status', status: 503 },
    });
    const results = await Promise.allSettled(orders(10).map(account({ giveUpAfter: 1000 }).sendEvents));
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(RetryableError) });
    expect(requests().length).toBeLessThan(6);
  });

  it('are not sent any more when the run is told to stop', async () => {
    const stop = new AbortController();
    stop.abort();
    const results = await Promise.allSettled(orders(10).map(account({ stop: stop.signal }).sendEvents));
    for (const result of results) expect(result).toMatchObject({ reason: { name: 'StoppedError' } });
    expect(requests()).toEqual([]);
  });

  it('leave a share of the limit to others, and are refused by it next to never', async () => {
    // A minute of six seconds, in which Klaviyo takes 15 requests.
    const taken = enforceLimits(klaviyo.faults, 10, { operations: [`POST ${EVENT_BULK}`] });
    const { sendEvents } = account({ share: 0.8 });
    const large = { text: 'x'.repeat(99_000) };
    const groups = Array.from({ length: 24 }, (_, number): EventGroup => {
      const { profile, events } = orderOf(`order-${number}`);
      return { profile, events: [{ ...(events[0] ?? fail()), properties: new Written({ ...Array(26).fill(large) }) }] };
    });
    await Promise.all(groups.map(sendEvents));
    expect(klaviyo.state.events).toHaveLength(24);
    expect(taken.get(`POST ${EVENT_BULK}`)).toMatchObject({ calls: 24, refusals: 0 });
    // Twelve are sent in a minute. Some of the minute before may come late.
    expect(taken.get(`POST ${EVENT_BULK}`)?.most).toBeLessThan(15);
  });
});

const fail = () => {
  throw new Error('an order has an event');
};

describe('what Klaviyo has of events', () => {
  /** Three orders: two of a day, one of the next. */
  async function recorded() {
    const own = account();
    const times = ['2025-06-01T08:00:00.700Z', '2025-06-01T23:59:59.900Z', '2025-06-02T00:00:00.000Z'];
    await send(
      own,
      times.map((time, number) => orderOf(`order-${number}`, { time })),
    );
    const metricId = (await own.metricIds()).get('Placed Order') ?? 'none';
    return { own, metricId };
  }

  it('is counted by day', async () => {
    const { own, metricId } = await recorded();
    expect(await own.countsByDay(metricId, START, START + 2 * DAY)).toEqual(
      new Map([
        ['2025-06-01', 2],
        ['2025-06-02', 1],
      ]),
    );
    expect(await own.countsByDay(metricId, START, START + DAY)).toEqual(new Map([['2025-06-01', 2]]));
  });

  it('is counted over many years, a year at a time, and listed where Klaviyo does not count that far back', async () => {
    const { own, metricId } = await recorded();
    const old = orderOf('old', { time: '2020-06-01T12:00:00.000Z' });
    await own.sendEvents(old);
    for (const years of [Number.POSITIVE_INFINITY, 5]) {
      klaviyo.aggregateYears = years;
      const counts = await own.countsByDay(metricId, Date.parse('2020-02-29T00:00:00Z'), START + 2 * DAY);
      expect([...counts]).toEqual([
        ['2020-06-01', 1],
        ['2025-06-01', 2],
        ['2025-06-02', 1],
      ]);
    }
  });

  it('is counted of the metric that the API made, whichever has the name first', async () => {
    addMetric(klaviyo.state, 'Placed Order', 'Shopify');
    const { own, metricId } = await recorded();
    expect((await own.countsByDay(metricId, START, START + 2 * DAY)).size).toBe(2);
    addMetric(klaviyo.state, 'Ordered Product', 'Shopify');
    expect((await own.metricIds()).get('Placed Order')).toBe(metricId);
  });

  it('is nothing where only another integration has a metric of the name', async () => {
    addMetric(klaviyo.state, 'Placed Order', 'Shopify');
    expect(await account().metricIds()).toEqual(new Map());
  });

  it('is listed to the second, page by page', async () => {
    const { own, metricId } = await recorded();
    const pages = await Array.fromAsync(own.seconds(metricId, START, START + DAY));
    expect(pages.flat()).toEqual(['2025-06-01T08:00:00Z', '2025-06-01T23:59:59Z'].map((at) => Date.parse(at) / 1000));
  });

  it.each([true, false])('is recognized by unique ids, which Klaviyo shows: %s', async (showsEventId) => {
    klaviyo.showsEventId = showsEventId;
    const { own, metricId } = await recorded();
    const pages = await Array.fromAsync(own.uniqueIds(metricId, START, START + 2 * DAY));
    expect(pages.flat()).toEqual(['order-0', 'order-1', 'order-2']);
    const key = { metricId, profile: { email: 'Order-1@example.org' }, uniqueId: 'order-1' };
    expect(await own.hasEvent(key)).toBe(true);
    expect(await own.hasEvent({ ...key, uniqueId: 'order-2' })).toBe(false);
    expect(await own.hasEvent({ ...key, profile: { externalId: 'nobody' } })).toBe(false);
    expect(await own.hasEvent({ ...key, metricId: 'another' })).toBe(false);
  });

  it.each([
    [true, false],
    [false, true],
  ])('is recognized by its second only where Klaviyo does not show unique ids: %s', async (showsEventId, isFound) => {
    klaviyo.showsEventId = showsEventId;
    const { own, metricId } = await recorded();
    const key = { metricId, profile: { email: 'order-1@example.org' }, uniqueId: 'second refund' };
    expect(await own.hasEvent({ ...key, time: '2025-06-01T23:59:59.100Z' })).toBe(isFound);
    expect(await own.hasEvent({ ...key, time: '2025-06-01T23:59:58.900Z' })).toBe(false);
  });
});
