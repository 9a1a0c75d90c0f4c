import type { Tick } from './schema.ts';

/** A span of time in milliseconds since the epoch: later than `from`, and no later than `to`. */
export interface Window {
  from: number;
  to: number;
}

/** The schedule's clock and Pub/Sub's differ: a tick that comes so early still is the one that was meant. Milliseconds. */
const EARLY = 10_000;
/** A window looks back to the tick before the last, so that one that is left out leaves no gap. */
const INTERVALS = 2;

/**
 * Returns the window that a tick looks at. It is fixed by when the message was published, so a redelivery and a replay look at the
 * same one; and its ends lie on multiples of the interval, so a tick that is early or late looks at no other. Windows overlap:
 * whatever is made of them needs ids that name the fact.
 *
 * @param publishedAt milliseconds since the epoch
 */
export function windowOf({ intervalSeconds, time }: Tick, publishedAt = Date.now()): Window {
  const interval = intervalSeconds * 1000;
  const ticked = time === undefined ? publishedAt : Date.parse(time);
  const to = Math.floor((ticked + EARLY) / interval) * interval;
  return { from: to - INTERVALS * interval, to };
}
