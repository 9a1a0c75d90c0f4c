import { describe, expect, test } from 'vitest';
import { TYPICAL_ORDER } from '../../../shared/history/estimate.ts';
import { KINDS, type Options } from '../../../shared/history/history.ts';
import { hoursText, planText } from '../../../tools/operator/history/plan.ts';

const amount = (all: number, missing: number) => ({ all, missing });

const SURVEY = {
  volume: {
    ...{ categories: amount(12, 0), products: amount(100, 50), variants: amount(400, 200) },
    ...{ customers: amount(20_000, 5000), orders: amount(100_000, 90_000), order: TYPICAL_ORDER, days: 730 },
  },
  newProfiles: { customers: 4000, guests: 12_000 },
};
const OPTIONS: Options & { share: number } = {
  ...{ only: KINDS, since: undefined, until: Date.parse('2026-03-10T11:00:00Z'), exact: false, extras: false },
  ...{ repair: true, deleteExtras: false, phones: false, lookAgain: [5, 10, 20], share: 0.95 },
};

const linesOf = (options: Partial<typeof OPTIONS> = {}) => planText(SURVEY, { ...OPTIONS, ...options }).split('\n');

describe('the plan of a run', () => {
  test('says how much is to be written, sent and waited for, and what is left to live traffic', () => {
    expect(linesOf()).toEqual([
      'All of the past up to 2026-03-10 11:00 UTC. What is younger than an hour belongs to live traffic.',
      '            commercetools  to write  requests  GB   takes up to',
      'categories  12             0         1         0.0  1 min',
      'products    100            50        768       0.0  3 min',
      '  variants  400            200',
      'customers   20,000         5,000     251       0.0  1 min',
      'orders      100,000        90,000    892       4.3  42 min',
      'all                                  1,912     4.3  44 min',
      'New profiles, each of which Klaviyo bills: about 4,000 of customers, up to 12,000 of guests.',
      'Estimated by counts, and by a page of each kind.',
    ]);
  });

  test('of a run that repairs nothing is about reading alone', () => {
    const lines = linesOf({ repair: false, only: ['categories'] });

    expect(lines.slice(1)).toEqual([
      '            commercetools  requests  GB   takes up to',
      'categories  12             1         0.0  1 min',
      'all                        1         0.0  1 min',
      'Estimated by counts, and by a page of each kind.',
    ]);
  });

  test.each([
    [0, '1 min'],
    [1.5, '90 min'],
    [1.501, '91 min'],
    [6.41, '6.5 h'],
  ])('takes %s hours for %s', (hours, text) => {
    expect(hoursText(hours)).toBe(text);
  });
});
