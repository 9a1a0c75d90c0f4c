import { describe, expect, test } from 'vitest';
import { type Amount, estimate, hoursOfAll, type Pace, TYPICAL_ORDER } from '../../../shared/history/estimate.ts';
import { KINDS } from '../../../shared/history/history.ts';

const none: Amount = { all: 0, missing: 0 };
const allMissing = (all: number): Amount => ({ all, missing: all });

const NOTHING = {
  ...{ categories: none, products: none, variants: none, customers: none, orders: none },
  ...{ order: TYPICAL_ORDER, days: 0 },
};
const PACE: Pace = { only: KINDS, repair: true, exact: false, lookAgain: [5, 10, 20], share: 0.95 };

describe('the estimate of a run', () => {
  test('fills requests with events by their bytes, and sends 95 % of 150 a minute', () => {
    const { orders } = estimate({ ...NOTHING, orders: allMissing(1_000_000) }, PACE);

    expect(orders.requests).toBe(Math.ceil((1_000_000 * TYPICAL_ORDER.bytes) / 4_900_000));
    expect(orders.gigabytes).toBe(48);
    expect(orders.hours).toBeCloseTo(orders.requests / 142.5 / 60 + 35 / 60);
  });

  test('fills requests with 1000 events where these are small', () => {
    const order = { events: 5, bytes: 5000 };
    const { orders } = estimate({ ...NOTHING, orders: allMissing(1_000_000), order }, PACE);

    expect(orders.requests).toBe(5000);
  });

  test('asks for customers by id, for the missing ones by e-mail, and takes half of what live traffic needs, too', () => {
    const { customers } = estimate({ ...NOTHING, customers: { all: 100_000, missing: 10_000 } }, PACE);

    expect(customers.requests).toBe(1000 + 100 + 2);
    expect(customers.hours).toBeCloseTo(1100 / 375 / 60 + 2 / 142.5 / 60);
  });

  test('takes no more of shared limits than is asked for', () => {
    const { customers } = estimate({ ...NOTHING, customers: { all: 100_000, missing: 0 } }, { ...PACE, share: 0.1 });

    expect(customers.hours).toBeCloseTo(1000 / 75 / 60);
  });

  test('waits for the jobs of the catalog, 240 of variants at a time', () => {
    const { products } = estimate({ ...NOTHING, variants: allMissing(100_000) }, PACE);

    expect(products.hours).toBeCloseTo((5 * 4.5 + 1000 / 1750) / 60);
  });

  test('waits for no job where few are missing', () => {
    const { categories } = estimate({ ...NOTHING, categories: allMissing(200) }, PACE);

    expect(categories.requests).toBe(2 + 3 * 200);
    expect(categories.hours).toBeCloseTo((2 / 1750 + 600 / 375) / 60);
  });

  test('writes nothing and waits for nothing where nothing is repaired', () => {
    const { orders } = estimate({ ...NOTHING, orders: allMissing(1_000_000), days: 730 }, { ...PACE, repair: false });

    expect(orders).toEqual({ requests: 10, gigabytes: 0, hours: expect.closeTo(10 / 57 / 60) });
  });

  test('reads every event where it is to be exact', () => {
    const { orders } = estimate({ ...NOTHING, orders: { all: 1000, missing: 0 } }, { ...PACE, exact: true });

    expect(orders.requests).toBe(6);
  });

  test('costs nothing of kinds that are left out', () => {
    const volume = { ...NOTHING, customers: allMissing(1000), days: 365 };

    expect(estimate(volume, { ...PACE, only: ['categories'] }).orders).toEqual({ requests: 0, gigabytes: 0, hours: 0 });
  });

  test('takes as long as its steps, with products and customers side by side', () => {
    const effort = (hours: number) => ({ requests: 0, gigabytes: 0, hours });
    const efforts = { categories: effort(1), products: effort(2), customers: effort(4), orders: effort(8) };

    expect(hoursOfAll(efforts)).toBe(13);
  });
});
