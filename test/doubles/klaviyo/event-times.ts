import { invalidParameter } from './errors.ts';
import { timeOf } from './filter.ts';
import type { Condition } from './filter-syntax.ts';

/** A range of time in milliseconds since the epoch; `until` is the first moment that does not count. */
export interface TimeRange {
  from: number;
  until: number;
}

/** Times of four-digit years, which are in order as text, too. */
const FIRST = Date.parse('0000-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59Z');

const LIMITS: Record<string, (at: number) => Partial<TimeRange>> = {
  'greater-or-equal': (from) => ({ from }),
  'greater-than': (at) => ({ from: at + 1 }),
  'less-or-equal': (at) => ({ until: at + 1 }),
  'less-than': (until) => ({ until }),
};

/** Returns when the events happened that meet these conditions, and the conditions that are about something else. Throws 400. */
export function rangeOf(conditions: readonly Condition[]): TimeRange & { others: Condition[] } {
  const limits = conditions.flatMap((condition) => (isTime(condition) ? [limitOf(condition)] : []));
  return {
    from: Math.max(FIRST, ...limits.map(({ from = FIRST }) => from)),
    until: Math.min(LAST, ...limits.map(({ until = LAST }) => until)),
    others: conditions.filter((condition) => !isTime(condition)),
  };
}

const isTime = ({ field }: Condition) => field === 'datetime' || field === 'timestamp';

function limitOf({ operator, field, value }: Condition): Partial<TimeRange> {
  const limit = Object.hasOwn(LIMITS, operator) ? LIMITS[operator] : undefined;
  if (!limit) throw invalidParameter(`'${operator}' is not a valid filter for '${field}'.`, 'filter');
  return limit(field === 'datetime' ? timeOf(value) : secondsOf(value));
}

function secondsOf(value: unknown): number {
  if (typeof value === 'number') return value * 1000;
  throw invalidParameter('A timestamp is a number of seconds.', 'filter');
}
