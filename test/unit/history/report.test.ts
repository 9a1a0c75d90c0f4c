import { describe, expect, test } from 'vitest';
import type { Difference } from '../../../shared/history/history.ts';
import { createReport, type Line } from '../../../shared/history/report.ts';

const missing = (id: string): Difference => ({ subject: 'profile', what: 'missing', id });
const differing = (id: string, ...fields: string[]): Difference => ({
  subject: 'profile',
  what: 'differing',
  id,
  fields,
});

describe('the report', () => {
  test('adds up how many there are, where somebody counted', () => {
    const report = createReport();
    report.count('profile', { commercetools: 2, klaviyo: 1 });
    report.count('profile', { commercetools: 3 });
    report.count('item', { commercetools: 1 });

    expect(report.rows()).toMatchObject([
      { subject: 'profile', commercetools: 5, klaviyo: 1 },
      { subject: 'item', commercetools: 1, klaviyo: undefined },
    ]);
  });

  test('counts differences by what they are, and fields by how often they differ', () => {
    const report = createReport();
    for (const one of [missing('1'), differing('2', 'email', 'location'), differing('3', 'email')]) report.add(one);

    const [row] = report.rows();
    expect(row?.counts).toEqual({ missing: 1, extra: 0, differing: 2 });
    expect([...(row?.fields ?? [])]).toEqual([
      ['email', 2],
      ['location', 1],
    ]);
  });

  test('takes back what was repaired, with its fields', () => {
    const report = createReport();
    report.add(differing('1', 'email'));
    report.add(missing('2'));
    report.remove(differing('1', 'email'));

    expect(report.rows()).toMatchObject([
      { counts: { missing: 1, differing: 0 }, repaired: 1, differences: [missing('2')] },
    ]);
    expect(report.rows()[0]?.fields.size).toBe(0);
  });

  test('counts what was repaired as what Klaviyo has now', () => {
    const report = createReport();
    const extra: Difference = { subject: 'profile', what: 'extra', id: '4' };
    report.count('profile', { klaviyo: 5 });
    for (const one of [missing('1'), missing('2'), differing('3', 'email'), extra]) {
      report.add(one);
      report.remove(one);
    }

    expect(report.rows()).toMatchObject([{ klaviyo: 6, repaired: 4 }]);
  });

  test('is of equal sides when all is repaired, or known to be right', () => {
    const report = createReport();
    expect(report.isEqual()).toBe(true);
    report.add(missing('1'));
    expect(report.isEqual()).toBe(false);
    report.remove(missing('1'));
    report.add({ ...missing('2'), reason: 'erased' });

    expect(report.isEqual()).toBe(true);
    expect([...(report.rows()[0]?.reasons ?? [])]).toEqual([['erased', 1]]);
    expect(report.rows()[0]?.differences).toEqual([]);
  });

  test('counts all and keeps the first few', () => {
    const report = createReport({ kept: 2 });
    for (let id = 0; id < 10; id++) report.add(missing(String(id)));

    const [row] = report.rows();
    expect(row?.counts.missing).toBe(10);
    expect(row?.differences.map(({ id }) => id)).toEqual(['0', '1']);
  });

  test('keeps others once the first are repaired', () => {
    const report = createReport({ kept: 1 });
    report.add(missing('1'));
    report.remove(missing('1'));
    report.add(missing('2'));

    expect(report.rows()[0]?.differences).toEqual([missing('2')]);
  });

  test('tells events of one order apart', () => {
    const report = createReport();
    const line = (uniqueId: string): Difference => ({ subject: 'Ordered Product', what: 'missing', id: '1', uniqueId });
    report.add(line('a'));
    report.add(line('b'));
    report.remove(line('a'));

    expect(report.rows()[0]?.differences).toEqual([line('b')]);
  });

  test('writes each difference down when it is found, and when it is repaired', () => {
    const lines: Line[] = [];
    const report = createReport({ write: (line) => lines.push(line) });
    report.add(missing('1'));
    report.add({ ...missing('2'), reason: 'refused' });
    report.remove(missing('1'));

    expect(lines).toEqual([missing('1'), { ...missing('2'), reason: 'refused' }, { ...missing('1'), repaired: true }]);
  });
});
