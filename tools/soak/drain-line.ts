import type { Taken } from '../../test/doubles/klaviyo/limiter.ts';
import { leastSeconds, limitOf } from '../../test/doubles/klaviyo/limits.ts';

/** How one part of a burst went. */
export interface DrainLine {
  subject: 'profiles' | 'events';
  written: number;
  /** Of them those that came in bulk. */
  inBulk: number;
  /** Calls answered 429. */
  refusals: number;
  /** Until the last one was written. */
  seconds: number;
  /** What single calls alone take at Klaviyo's limits at the least. */
  singleSeconds: number;
}

/** The operation that a burst waited for. */
export interface Bound {
  operation: string;
  calls: number;
  /** What so many calls take at the least. Less takes fewer calls: more in each, or some of another operation. */
  leastSeconds: number;
}

/** What a limiter with this scale has seen. */
interface Seen {
  taken: Map<string, Taken>;
  scale: number;
}

/** The calls that write a subject, the usual one first. */
const CALLS: Record<DrainLine['subject'], [string, ...string[]]> = {
  // One of the first two writes a profile: a creation that waited for a minute is only a trigger.
  profiles: ['POST /api/profiles', 'POST /api/profile-import', 'PATCH /api/profiles/{id}'],
  events: ['POST /api/events', 'POST /api/event-bulk-create-jobs'],
};

/** Returns how a subject went; nothing when none was written. */
export function lineOf(
  subject: DrainLine['subject'],
  { written, inBulk }: Pick<DrainLine, 'written' | 'inBulk'>,
  { taken, scale }: Seen,
): DrainLine[] {
  if (written === 0) return [];
  const seen = CALLS[subject].flatMap((call) => taken.get(call) ?? []);
  return [
    {
      ...{ subject, written, inBulk },
      refusals: seen.reduce((sum, { refusals }) => sum + refusals, 0),
      seconds: Math.max(...seen.map(({ lastAt }) => lastAt)) / 1000,
      singleSeconds: least(written, CALLS[subject][0], scale),
    },
  ];
}

/** Returns the operation whose calls take longest at Klaviyo's limits, reads included. */
export function boundOf({ taken, scale }: Seen): Bound | undefined {
  const bounds = [...taken].map(([operation, { calls }]) => ({
    ...{ operation, calls },
    leastSeconds: least(calls, operation, scale),
  }));
  return bounds.toSorted((a, b) => b.leastSeconds - a.leastSeconds)[0];
}

function least(calls: number, operation: string, scale: number): number {
  const { burst, steady } = limitOf(operation);
  return leastSeconds(calls, { burst, steady: steady / scale }, 60 / scale);
}
