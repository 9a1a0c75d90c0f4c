import { expect, it } from 'vitest';
import { countWithin, daysOf, joined, type SpanSize, without } from '../../../../shared/history/orders/days.ts';

const at = (time: string) => Date.parse(time);
const texts = (spans: readonly { from: number; until: number }[]) =>
  spans.map(({ from, until }) => [from, until].map((time) => new Date(time).toISOString().slice(5, 16)).join(' '));

it('the days of a span are those of UTC, the newest first, each as far as it is within the span', () => {
  expect(texts(daysOf({ from: at('2026-02-27T12:00Z'), until: at('2026-03-01T06:00Z') }))).toEqual([
    '03-01T00:00 03-01T06:00',
    '02-28T00:00 03-01T00:00',
    '02-27T12:00 02-28T00:00',
  ]);
  expect(texts(daysOf({ from: at('2026-02-27'), until: at('2026-02-28') }))).toEqual(['02-27T00:00 02-28T00:00']);
  expect(daysOf({ from: 1, until: 1 })).toEqual([]);
});

/** The days that end on the first of March, from the counts of both sides. */
const counted = (...counts: [commercetools: number, klaviyo: number][]) =>
  daysOf({ from: at('2026-03-01') - counts.length * 86_400_000, until: at('2026-03-01') }).map((day, index) => {
    const [commercetools = 0, klaviyo = 0] = counts[index] ?? [];
    return { ...day, commercetools, klaviyo };
  });
const unequal = (...counts: [number, number][]) => unequalOf({ most: 100 }, ...counts);
const unequalOf = (size: SpanSize, ...counts: [number, number][]) =>
  joined(counted(...counts), size, ({ commercetools, klaviyo }) => commercetools !== klaviyo);

it('days of which Klaviyo has nothing are one span, however many have no orders', () => {
  const spans = unequal([2, 0], [0, 0], [3, 0]);
  expect(texts(spans)).toEqual(['02-26T00:00 03-01T00:00']);
  expect(spans).toMatchObject([{ commercetools: 5, klaviyo: 0 }]);
});

it('a span has only so many orders, but for a day that has more', () => {
  expect(unequal([60, 0], [50, 0], [200, 0], [1, 0]).map(({ commercetools }) => commercetools)).toEqual([
    60, 50, 200, 1,
  ]);
});

it('a day that is equal ends a span, as does one of which Klaviyo has something', () => {
  expect(texts(unequal([2, 0], [1, 1], [2, 0]))).toEqual(['02-28T00:00 03-01T00:00', '02-26T00:00 02-27T00:00']);
  expect(unequal([2, 0], [2, 1], [3, 1], [2, 0])).toMatchObject([{ klaviyo: 0 }, { klaviyo: 2 }, { klaviyo: 0 }]);
});

it('few orders are one span, whatever Klaviyo has of their days, unless a day is equal or has more', () => {
  const few = (...counts: [number, number][]) => unequalOf({ most: 100, least: 5 }, ...counts);
  expect(few([2, 0], [2, 1], [3, 0], [2, 0])).toMatchObject([
    { commercetools: 7, klaviyo: 1 },
    { commercetools: 2, klaviyo: 0 },
  ]);
  expect(few([2, 0], [9, 1], [2, 0])).toHaveLength(3);
  expect(few([2, 0], [1, 1], [2, 1])).toHaveLength(2);
});

it('a day that a span only touches counts as a whole', () => {
  const counts = new Map([
    ['2026-02-26', 1],
    ['2026-02-27', 2],
    ['2026-02-28', 4],
    ['2026-03-01', 8],
  ]);
  expect(countWithin(counts, { from: at('2026-02-27T23:59Z'), until: at('2026-03-01') })).toBe(6);
});

it('a span without others is what lies before, between and after them', () => {
  const span = { from: 10, until: 50 };
  const others = [
    { from: 45, until: 60 },
    { from: 20, until: 30 },
  ];
  expect(without(span, others)).toEqual([
    { from: 30, until: 45 },
    { from: 10, until: 20 },
  ]);
  expect(without(span, [{ from: 0, until: 5 }])).toEqual([span]);
  expect(without(span, [{ from: 0, until: 50 }])).toEqual([]);
});
