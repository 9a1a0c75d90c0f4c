import type { Span } from '../../commercetools/scans/scans.ts';

/** Milliseconds. */
export const DAY = 86_400_000;

/** A span of time, and how many there are in it on either side. */
export interface Counted extends Span {
  commercetools: number;
  klaviyo: number;
}

/** Returns the day of a time in UTC, such as `2026-03-31`. */
export const dayOf = (time: number | string): string => new Date(time).toISOString().slice(0, 10);

/** Returns the days in UTC that a span touches, each as far as it is within the span, the newest first. */
export function daysOf({ from, until }: Span): Span[] {
  const days: Span[] = [];
  for (let end = until; end > from; ) {
    const begin = Math.max(from, Math.floor((end - 1) / DAY) * DAY);
    days.push({ from: begin, until: end });
    end = begin;
  }
  return days;
}

/** How many orders a span has. */
export interface SpanSize {
  /** At most, unless a day has more. */
  most: number;
  /** A span and a day beside it that each have fewer are one, whatever Klaviyo has of either: a span of its own would cost more queries. */
  least?: number;
}

/**
 * Returns the days that are wanted as few spans, so that few orders a day take few queries. Klaviyo has something of all days of a span,
 * or nothing of any, unless these are few. Days without anything are part of it, or left out.
 *
 * @param days the newest first
 */
export function joined(
  days: readonly Counted[],
  { most, least = 0 }: SpanSize,
  isWanted: (day: Counted) => boolean,
): Counted[] {
  const spans: Counted[] = [];
  let isNext = false;
  for (const day of days.filter(({ commercetools, klaviyo }) => commercetools > 0 || klaviyo > 0)) {
    const last = spans.at(-1);
    const isJoined =
      isNext && last && (isEmpty(last) === isEmpty(day) || Math.max(last.commercetools, day.commercetools) < least);
    isNext = isWanted(day);
    if (isNext && isJoined && last.commercetools + day.commercetools <= most) {
      last.from = day.from;
      last.commercetools += day.commercetools;
      last.klaviyo += day.klaviyo;
    } else if (isNext) {
      spans.push({ ...day });
    }
  }
  return spans;
}

const isEmpty = ({ klaviyo }: Counted): boolean => klaviyo === 0;

/** Returns the sum of the counts of days. */
export const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** Returns how many there are on the days that a span touches. */
export function countWithin(counts: ReadonlyMap<string, number>, { from, until }: Span): number {
  const [first, last] = [dayOf(from), dayOf(until - 1)];
  return total(new Map([...counts].filter(([day]) => day >= first && day <= last)));
}

/** Returns how many orders there are in parts. */
export const ordersOf = (parts: readonly Counted[]): number =>
  parts.reduce((sum, { commercetools }) => sum + commercetools, 0);

/** Returns what is left of a span without others, the newest first. */
export const without = (span: Span, others: readonly Span[]): Span[] =>
  others.reduce<Span[]>((rest, other) => rest.flatMap((one) => lessOf(one, other)), [span]);

const lessOf = ({ from, until }: Span, other: Span): Span[] =>
  [
    { from: Math.max(from, other.until), until },
    { from, until: Math.min(until, other.from) },
  ].filter((part) => part.from < part.until);
