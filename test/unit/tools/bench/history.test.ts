import { describe, expect, it } from 'vitest';
import { judgeBy } from '../../../../tools/bench/goal.ts';
import { fullMinutes, keptOf, refusedPercent } from '../../../../tools/bench/history/account.ts';
import { HISTORY_GOALS } from '../../../../tools/bench/history/goals.ts';
import type { HistoryScenes } from '../../../../tools/bench/history/index.ts';
import { allOrders, eventsOf, firstSince, orderId, timeOf } from '../../../../tools/bench/history/past.ts';
import { shopWithPast } from '../../../../tools/bench/history/shop.ts';
import { historyTables } from '../../../../tools/bench/history/table.ts';
import type { KlaviyoEvent } from '../../../doubles/klaviyo/records.ts';
import { createState } from '../../../doubles/klaviyo/state.ts';

const begin = Date.parse('2026-05-01T12:00:00Z');
const past = { orders: 100, days: 10, begin };
const HOUR = 3_600_000;

describe('a past', () => {
  const times = Array.from({ length: allOrders(past) }, (_, number) => timeOf(past, number));

  it('is in the order of time, and ends two hours before a run; what is younger was placed within its last hour', () => {
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times[past.orders - 1]).toBe(begin - 2 * HOUR);
    expect(times.slice(past.orders).every((time) => time > begin - HOUR && time < begin)).toBe(true);
  });

  it('is found by its times', () => {
    for (const number of [0, 1, 99, 100, 124]) expect(firstSince(past, times[number] ?? 0)).toBe(number);
    expect(firstSince(past, begin)).toBe(allOrders(past));
  });

  it('has 3.5 lines an order on average', () => {
    const products = times
      .flatMap((_, number) => eventsOf(past, number))
      .filter(({ metric }) => metric === 'Ordered Product');
    expect(products.length / times.length).toBeCloseTo(3.5, 1);
  });
});

describe('a shop with a past', () => {
  const shop = shopWithPast(past);
  const get = (collection: string, query: Record<string, string | string[]>) => {
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
    );
    const answer = shop({ method: 'GET', path: `/demo-shop/${collection}`, query: search, body: '' });
    return answer ? JSON.parse(answer.body) : undefined;
  };
  const iso = (time: number) => new Date(time).toISOString();
  const placed = { 'var.placedFrom': iso(begin - 5 * 24 * HOUR), 'var.placedUntil': iso(begin - HOUR) };
  const where = 'placed, in words';

  it('counts what it shows page by page, in the order of ids', () => {
    const { total } = get('orders', { where, ...placed, limit: '0' });
    const ids: string[] = [];
    for (let after = ''; ; ) {
      const { results } = get('orders', { where, ...placed, limit: '7', ...(after && { 'var.after': after }) });
      ids.push(...results.map(({ id }: { id: string }) => id));
      if (results.length < 7) break;
      after = ids.at(-1) ?? '';
    }
    expect(ids).toHaveLength(total);
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(total);
  });

  it('shows an order with the time and the buyer that it has', () => {
    const { results } = get('orders', { where, ...placed, limit: '1' });
    const number = Number(results[0].id.slice(-12));
    expect(results[0]).toMatchObject({ id: orderId(number), createdAt: iso(timeOf(past, number)) });
    expect(results[0].lineItems).toHaveLength(
      eventsOf(past, number).filter(({ metric }) => metric === 'Ordered Product').length,
    );
    expect(JSON.stringify(results)).not.toMatch(/888888888888|666666666666|777777777|2001-01-01/);
  });

  it('finds orders by their states', () => {
    const complete = get('orders', { where, limit: '0', 'var.states': ['Complete'] }).total;
    const open = get('orders', { where, limit: '0', 'var.states': ['Open', 'Confirmed'] }).total;
    expect(complete).toBe(3);
    expect(complete + open).toBe(allOrders(past));
  });

  it('does not answer a query that it would misunderstand', () => {
    expect(get('orders', { where, limit: '10', 'var.colour': 'red' })).toBeUndefined();
  });
});

describe('what Klaviyo has of a past', () => {
  const told = () => {
    const state = createState();
    for (let number = 0; number < past.orders; number++)
      for (const { metric, uniqueId, time } of eventsOf(past, number)) state.events.push(event(metric, uniqueId, time));
    return state;
  };
  const event = (metric: string, unique_id: string, time: number): KlaviyoEvent => ({
    ...{
      id: unique_id,
      created: iso(time),
      profile_id: '',
      metric,
      unique_id,
      time: iso(Math.floor(time / 1000) * 1000),
    },
    ...{ value: null, value_currency: null, backfill: true, properties: {} },
  });
  const iso = (time: number) => new Date(time).toISOString();

  it('is all of it, without flows', () => {
    expect(keptOf(past, { state: told() })).toMatchObject({ lost: 0, loud: 0, strange: 0 });
  });

  it('lacks an event, has one that may fire a flow, and one that live traffic owns', () => {
    const state = told();
    const [first, second] = state.events;
    state.events = state.events.filter((one) => one !== first);
    Object.assign(second ?? {}, { backfill: false });
    const [young] = eventsOf(past, past.orders);
    state.events.push(event(young?.metric ?? '', young?.uniqueId ?? '', young?.time ?? 0));
    expect(keptOf(past, { state })).toMatchObject({ lost: 1, loud: 1, strange: 1 });
  });
});

describe('requests in bulk', () => {
  it('are counted by the minutes that they fill: not the first, nor the last', () => {
    const times = [50, 55, 61, 62, 119, 120, 180, 181];
    expect(fullMinutes(times)).toEqual([3, 1]);
    expect(fullMinutes([])).toEqual([]);
    expect(fullMinutes([1, 2])).toEqual([]);
  });

  it('are refused in percent of all', () => {
    expect(
      refusedPercent([
        { calls: 150, refusals: 1 },
        { calls: 48, refusals: 1 },
      ]),
    ).toBe(1);
  });
});

describe('the goals of history', () => {
  const backfill = {
    ...{ orders: 60_000, days: 1825, seconds: 180, bulk: 400, minutes: [150, 141], bulkRefused: 0, refused: 1.5 },
    ...{ cpu: 0.9, peakMiB: 300, expected: 1000, lost: 0, loud: 0, strange: 0 },
  };
  const scenes: HistoryScenes = {
    backfills: [{ ...backfill, orders: 20_000, peakMiB: 200 }, backfill],
    killed: { ...{ orders: 60_000, days: 1825, kills: 10, bulk: 430, least: 400, resumed: 12 }, ...lost(1) },
    beside: [beside(false, 2), beside(true, 2)],
  };

  function lost(count: number) {
    return { expected: 1000, lost: count, loud: 0, strange: 0 };
  }

  function beside(isBeside: boolean, refused: number) {
    return {
      ...{ isBeside, perSecond: 4, seconds: 60, orders: 240, calls: 2000, refused },
      p50: 100,
      p99: 200,
      bulk: 0,
    };
  }

  const judged = (measured: HistoryScenes) =>
    Object.fromEntries(judgeBy(HISTORY_GOALS, measured).map(({ what, value, isMust }) => [what, [value, isMust]]));

  it('are held against the worst that was measured', () => {
    expect(judged(scenes)).toMatchObject({
      'backfill: requests in bulk in a full minute, of Klaviyo’s 150': [141, false],
      'backfill: all calls that Klaviyo refused for its limits': [1.5, false],
      'backfill: orders of 3.5 lines a request': [150, true],
      'backfill: peak memory': [300, true],
      'backfill: requests in bulk, killed ten times, against the least': [1.075, false],
      'backfill: events of history that Klaviyo has, without flows': [99.9, false],
      'backfill: calls of live traffic refused beside it, more than without': [0, true],
      'reconcile: five years of orders, equal on both sides': [undefined, undefined],
    });
  });

  it('are not judged without a measurement', () => {
    for (const { value } of judgeBy(HISTORY_GOALS, { backfills: [], beside: [] })) expect(value).toBeUndefined();
  });

  it('stand below a table for each scenario that was measured', () => {
    expect(historyTables({ backfills: [], beside: [] })).toEqual([]);
    const [backfills, killed, live] = historyTables(scenes);
    expect(backfills?.split('\n')).toHaveLength(3);
    expect(killed).toContain('1.07');
    expect(live).toContain('beside backfill');
  });
});
