import { enforceLimits, type Taken } from '../../test/doubles/klaviyo/limiter.ts';
import { type KlaviyoOptions, type KlaviyoStandIn, startKlaviyo } from '../../test/doubles/klaviyo/server.ts';
import { createRandom } from './random.ts';

/** Both ways that events take. */
const EVENTS = ['POST /api/events', 'POST /api/event-bulk-create-jobs'];

/** A Klaviyo for the soak. */
export interface SoakKlaviyo {
  klaviyo: KlaviyoStandIn;
  /** How it answers where Klaviyo's documents say nothing, in words. */
  habits: string[];
  /** Calls that its limits have refused so far. */
  refusals(): number;
}

/** What Klaviyo does with what it has said yes to: it takes its time, and loses some of it. */
export const BUSY = {
  ...{ bulkEventDelay: 200, bulkEventLoss: 0.05, jobDelay: 500, jobFailures: 0.05 },
};

/**
 * Starts a stand-in whose seed decides what Klaviyo's documents leave open, so that what must be right is tried under each, and
 * whose limits of events are enforced, so that many of them go in bulk.
 *
 * @param scale by how much the minute of these limits is shortened; 0 for no limits
 * @param more what else the stand-in does
 */
export async function startSoakKlaviyo(seed: number, scale: number, more: KlaviyoOptions = {}): Promise<SoakKlaviyo> {
  const random = createRandom(seed + 2);
  const bulkPointers = random.chance(0.5);
  const bulkRefusesStored = random.chance(0.5);
  const headers = random.pick(['minute', 'closest'] as const);
  const klaviyo = await startKlaviyo({ recorded: false, bulkPointers, bulkRefusesStored, ...more });
  const taken =
    scale > 0 ? enforceLimits(klaviyo.faults, scale, { operations: EVENTS, headers }) : new Map<string, Taken>();
  const habits = [
    `a refused bulk request ${bulkPointers ? 'names the bad entries' : 'names no entry'}`,
    `an event in bulk that is stored is ${bulkRefusesStored ? 'refused' : 'taken'}`,
    ...(scale > 0
      ? [`RateLimit headers tell of the ${headers === 'minute' ? 'minute' : 'window closest to its end'}`]
      : []),
  ];
  return { klaviyo, habits, refusals: () => [...taken.values()].reduce((sum, { refusals }) => sum + refusals, 0) };
}
