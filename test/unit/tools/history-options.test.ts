import { describe, expect, test } from 'vitest';
import { KINDS } from '../../../shared/history/history.ts';
import { readOptions } from '../../../tools/operator/history/options.ts';
import { UsageError } from '../../../tools/operator/support/cli.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const GIVEN = {
  ...{ exact: false, extras: false, 'delete-extras': false, phones: false },
  ...{ share: '0.95', 'look-again': '5,10,20' },
};

const read = (given: Partial<Parameters<typeof readOptions>[0]> = {}, repair = true) =>
  readOptions({ ...GIVEN, ...given }, repair, NOW);
const iso = (moment: number | undefined) => moment && new Date(moment).toISOString();

describe('the options of backfill and reconcile', () => {
  test('mean everything up to an hour ago when nothing is said', () => {
    expect(read()).toEqual({
      ...{ only: KINDS, since: undefined, until: NOW - 3_600_000, exact: false, extras: false, repair: true },
      ...{ deleteExtras: false, phones: false, share: 0.95, lookAgain: [5, 10, 20] },
    });
  });

  test.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-03-01T18:30', '2026-03-01T18:30:00.000Z'],
    ['2026-03-01T18:30:00Z', '2026-03-01T18:30:00.000Z'],
    ['2026-03-01T18:30:00+02:00', '2026-03-01T16:30:00.000Z'],
    ['2d', '2026-03-08T12:00:00.000Z'],
    ['12h', '2026-03-10T00:00:00.000Z'],
  ])('take %s for a moment', (since, moment) => {
    expect(iso(read({ since }).since)).toBe(moment);
  });

  test.each(['', 'yesterday', '2025-02-29', '2026-3-1', '2026-03-01 18:30', '2w', '1.5d', '-2d', '1234567d'])(
    'refuse %j for a moment',
    (since) => {
      expect(() => read({ since })).toThrow('--since takes a day such as');
    },
  );

  test('never reach into what belongs to live traffic', () => {
    expect(iso(read({ until: '1h' }).until)).toBe('2026-03-10T11:00:00.000Z');
    expect(() => read({ until: '2026-03-10T11:00:01' })).toThrow('an hour ago at least, 2026-03-10 11:00 UTC');
  });

  test.each([
    [{ since: '2026-03-02', until: '2026-03-01' }, '--since has to be earlier than --until, 2026-03-01 00:00 UTC'],
    [{ since: '1h' }, '--since has to be earlier than the cut-off, 2026-03-10 11:00 UTC'],
  ])('refuse a span without a moment in it: %j', (given, message) => {
    expect(() => read(given)).toThrow(message);
  });

  test('take kinds in their own order', () => {
    expect(read({ only: 'orders, categories' }).only).toEqual(['categories', 'orders']);
  });

  test.each(['', 'order', 'orders,', 'orders,carts'])('refuse %j for kinds', (only) => {
    expect(() => read({ only })).toThrow('--only takes categories, products, customers, orders');
  });

  test.each(['0', '1.01', '-0.5', '50%', '', 'Infinity', '1e-1'])('refuse %j for a share', (share) => {
    expect(() => read({ share })).toThrow('--share takes a number above 0');
  });

  test('take a share of all', () => {
    expect([read({ share: '1' }).share, read({ share: '.5' }).share]).toEqual([1, 0.5]);
  });

  test.each(['', '5,5', '10,5', '0', '5,', '-1', 'soon'])('refuse %j for when to look again', (minutes) => {
    expect(() => read({ 'look-again': minutes })).toThrow('--look-again takes growing numbers');
  });

  test('look for what they delete', () => {
    expect(read({ 'delete-extras': true })).toMatchObject({ extras: true, deleteExtras: true });
  });

  test('delete nothing where nothing is repaired', () => {
    expect(() => read({ 'delete-extras': true }, false)).toThrow(UsageError);
  });
});
