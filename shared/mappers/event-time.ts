/**
 * Klaviyo takes events after 1990, and up to a year ahead. Milliseconds since the epoch. Source: `time` in its OpenAPI document.
 */
export const EARLIEST = Date.UTC(1991, 0);
const YEAR = 365 * 24 * 60 * 60 * 1000;

/**
 * Returns the time that somebody else gave an event, a payment provider for instance; undefined when Klaviyo would not take it,
 * such as 0001-01-01.
 *
 * @param claimed ISO 8601
 * @param now milliseconds since the epoch
 */
export function eventTime(claimed: string | undefined, now: number): string | undefined {
  const time = Date.parse(claimed ?? '');
  return time >= EARLIEST && time <= now + YEAR ? claimed : undefined;
}
