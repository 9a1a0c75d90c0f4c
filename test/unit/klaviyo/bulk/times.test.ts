import { expect, it } from 'vitest';
import { dayOf, happened, yearsOf } from '../../../../shared/klaviyo/bulk/times.ts';

const at = (time: string) => Date.parse(time);

it('asks for whole seconds', () => {
  expect(happened(at('2025-01-01T00:00:00Z'), at('2026-01-01T01:02:03.999+01:00'))).toEqual([
    'greater-or-equal(datetime,2025-01-01T00:00:00Z)',
    'less-than(datetime,2026-01-01T00:02:03Z)',
  ]);
  expect(happened(0, 0, '')).toEqual([
    'greater-or-equal(datetime,1970-01-01T00:00:00)',
    'less-than(datetime,1970-01-01T00:00:00)',
  ]);
});

it('parts a time into years, of which none is longer than Klaviyo counts', () => {
  const [from, until] = [at('2019-06-01T12:00:00Z'), at('2021-07-01T00:00:00Z')];
  const years = yearsOf(from, until);
  expect(years.map((year) => year.map(dayOf))).toEqual([
    ['2019-06-01', '2020-05-31'],
    ['2020-05-31', '2021-05-31'],
    ['2021-05-31', '2021-07-01'],
  ]);
  expect(years.flat()).toEqual([from, ...[years[1], years[2]].flatMap((year) => [year?.[0], year?.[0]]), until]);
  expect(yearsOf(until, from)).toEqual([]);
});
