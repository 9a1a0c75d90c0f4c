import type { Kind } from './kinds.ts';
import type { Figures } from './statistics.ts';
import type { Subject } from './subject.ts';

/** Messages that are counted, one at a time. */
const MESSAGES = 5;

/** What is counted of a message, in the order of the table. */
export const COUNTS = ['commercetools', 'klaviyo', 'roundTrips', 'newConnections'] as const;

/** What one message costs, whatever the machine. */
export type Counts = Figures<(typeof COUNTS)[number]>;

/** Counts what a message of a kind costs when it is alone, and when caches and Klaviyo know what it is about. */
export async function countsOf(subject: Subject, kind: Kind): Promise<Counts> {
  const { traffic } = subject;
  const alone = { concurrency: 1, messages: 1, seconds: Number.POSITIVE_INFINITY };
  await subject.meet(kind);
  traffic.pace = 'rounds';
  await subject.push(kind, alone);
  const total = { commercetools: 0, klaviyo: 0, newConnections: 0 };
  let roundTrips = Number.POSITIVE_INFINITY;
  for (let message = 0; message < MESSAGES; message++) {
    traffic.reset();
    await subject.push(kind, alone);
    total.commercetools += traffic.calls.commercetools / MESSAGES;
    total.klaviyo += traffic.calls.klaviyo / MESSAGES;
    total.newConnections += traffic.connections / MESSAGES;
    // A machine that is held up may cut one round into two, and never makes one of two.
    roundTrips = Math.min(roundTrips, traffic.rounds);
  }
  return { ...total, roundTrips };
}
