const DAY = 86_400_000;
/** Klaviyo counts no more than a year at once. */
const YEAR = 365 * DAY;

/**
 * Returns the conditions of a filter that something happened from a time on and before another, in milliseconds since the epoch of
 * which whole seconds count: Klaviyo keeps no more.
 *
 * @param zone what tells that times are UTC, where nothing beside the filter does
 */
export const happened = (from: number, until: number, zone: 'Z' | '' = 'Z'): string[] => [
  `greater-or-equal(datetime,${written(from)}${zone})`,
  `less-than(datetime,${written(until)}${zone})`,
];

/** Returns the parts of a time that are no longer than a year. */
export function yearsOf(from: number, until: number): [from: number, until: number][] {
  const years: [number, number][] = [];
  for (let start = from; start < until; start += YEAR) years.push([start, Math.min(start + YEAR, until)]);
  return years;
}

/** Returns the day in UTC of a time in milliseconds since the epoch, such as `2026-03-31`. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

const written = (time: number): string => new Date(time).toISOString().slice(0, 19);
