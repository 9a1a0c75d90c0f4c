import { describe, expect, it } from 'vitest';
import { type Baseline, compare } from '../../../../tools/bench/baseline.ts';
import { judge } from '../../../../tools/bench/goals.ts';
import { KINDS, kindsOf } from '../../../../tools/bench/kinds.ts';
import { startStandIns } from '../../../../tools/bench/stand-in.ts';
import { median, percentile, ratios } from '../../../../tools/bench/statistics.ts';
import { short, table } from '../../../../tools/bench/table.ts';

describe('statistics', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[], Number.NaN],
  ])('gives the median of %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('gives percentiles by the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect([0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([100, 198, 200]);
  });

  it('compares runs in pairs, so that what slowed both down does not count', () => {
    expect(ratios([{ cpu: 1 }, { cpu: 10 }, { cpu: 3 }], [{ cpu: 2 }, { cpu: 20 }, { cpu: 3 }], ['cpu'])).toEqual({
      cpu: 0.5,
    });
  });
});

describe('baseline', () => {
  const counted = (klaviyo: number, bundleKiB = 1000): Baseline => ({
    bundleKiB,
    kinds: { 'order-4': { commercetools: 1, klaviyo, roundTrips: 2, newConnections: 0 } },
  });

  it('accepts the same', () => {
    expect(compare(counted(5), counted(5, 990))).toEqual({ worse: [], better: [] });
  });

  it('finds what became more, and a bundle that grew by more than 2 %', () => {
    expect(compare(counted(6, 1021), counted(5)).worse).toEqual([
      'order-4: klaviyo 6, baseline 5',
      'bundle: 1021 KiB, baseline 1000',
    ]);
  });

  it('finds what became less', () => {
    expect(compare(counted(4, 900), counted(5)).better).toHaveLength(2);
  });

  it('asks for a baseline of a new kind', () => {
    expect(compare(counted(5), { ...counted(5), kinds: {} }).worse).toHaveLength(4);
  });
});

describe('goals', () => {
  const row = (concurrency: number, latency: number, figures: { perSecond: number; cpu: number }) => ({
    kind: 'order-4',
    latency,
    concurrency,
    counts: { commercetools: 0, klaviyo: 5, roundTrips: 1, newConnections: 0 },
    load: { p50: 60, p99: 70, newConnections: 0, peakMiB: 100, ...figures },
  });

  it('tells which are reached, and which were not measured', () => {
    const rows = [row(8, 0, { perSecond: 400, cpu: 2 }), row(40, 50, { perSecond: 240, cpu: 3 })];
    const [cpu, perSecond, alone] = judge({
      rows,
      surges: [],
      behindPrices: [],
      history: { backfills: [], beside: [] },
    });
    expect(cpu).toMatchObject({ value: 2, isMust: true, isAim: false });
    expect(perSecond).toMatchObject({ value: 240, isMust: false });
    expect(alone).toMatchObject({ value: undefined, isMust: undefined });
  });
});

describe('kinds', () => {
  it('are chosen by whole parts of their names', () => {
    expect(kindsOf(['order-4', 'product-1']).map(({ name }) => name)).toEqual([
      'order-4',
      'order-4-new-customer',
      'order-4-cold',
      'product-1',
    ]);
  });

  it('refuses a name that fits none', () => {
    expect(() => kindsOf(['basket'])).toThrow('no kind is basket: customer-created');
  });

  it.each(KINDS)('$name gives another notification of the same size for another number', ({ notification }) => {
    const [one, other] = [notification(3), notification(4)].map((text) => JSON.stringify(JSON.parse(text)));
    expect(one).not.toBe(other);
    expect(one).toHaveLength(other?.length ?? 0);
  });
});

describe('stand-ins', () => {
  it('count rounds of calls made side by side, connections, and what they do not know', async () => {
    const { urls, traffic, stop } = await startStandIns();
    traffic.pace = 'rounds';
    await Promise.all(['events', 'events'].map((path) => fetch(`${urls.klaviyo}/api/${path}`, { method: 'POST' })));
    const { status } = await fetch(`${urls.commercetools}/demo-shop/baskets`);
    stop();
    expect(status).toBe(400);
    expect(traffic).toMatchObject({
      calls: { commercetools: 1, klaviyo: 2 },
      connections: 3,
      rounds: 2,
      unknown: ['GET /demo-shop/baskets'],
    });
  });
});

describe('tables', () => {
  it.each([
    [undefined, '–'],
    [0, '0'],
    [0.456, '0.46'],
    [12.34, '12.3'],
    [1234.5, '1235'],
  ])('shorten %s to %s', (value, expected) => {
    expect(short(value)).toBe(expected);
  });

  it('align figures to the right', () => {
    expect(
      table([
        ['kind', 'ms'],
        ['a', '10.5'],
      ]),
    ).toBe('kind    ms\na     10.5');
  });
});
