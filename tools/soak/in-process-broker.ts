import { startBroker } from './broker.ts';
import type { PushBroker } from './message.ts';
import type { Random } from './random.ts';

/** Nobody has Terraform's 16 hours. All attempts together take longer than the longest Retry-After closes a way, as there. */
const MAX_DELIVERY_ATTEMPTS = 40;
const LONGEST_PAUSE = 500;
const DELIVERIES_A_PROCESS = 32;

/** Starts a broker that lets the function fail often. */
export const startInProcess = (urls: string[], random: Random): PushBroker =>
  startBroker({
    urls,
    random,
    maxDeliveryAttempts: MAX_DELIVERY_ATTEMPTS,
    concurrency: urls.length * DELIVERIES_A_PROCESS,
    pauseAfter: (attempts) => Math.min(LONGEST_PAUSE, 10 * 2 ** attempts) * (0.5 + random.next()),
    repeats: 0.05,
  });
