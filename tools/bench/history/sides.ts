import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from '../../../test/doubles/child.ts';
import { startSide } from '../stand-in.ts';
import { createTraffic, type Traffic } from '../traffic.ts';
import { type LimitedKlaviyo, startLimitedKlaviyo } from './account.ts';
import type { Past } from './past.ts';
import { shopWithPast } from './shop.ts';

const LOOK_MILLISECONDS = 5;

/** A shop with a past, and a Klaviyo that keeps its limits. */
export interface HistorySides {
  shop: { url: string };
  /** What the shop saw. */
  traffic: Traffic;
  klaviyo: LimitedKlaviyo;
  stop(): Promise<void>;
}

/**
 * Starts both sides on 127.0.0.1, any port.
 *
 * @param latency milliseconds of a call
 * @param options of Klaviyo
 */
export async function startHistorySides(
  past: Past,
  latency: number,
  options?: Parameters<typeof startLimitedKlaviyo>[1],
): Promise<HistorySides> {
  const traffic = createTraffic();
  traffic.pace = latency;
  const shop = await startSide('commercetools', shopWithPast(past), traffic);
  const klaviyo = await startLimitedKlaviyo(latency, options);
  return {
    ...{ shop, traffic, klaviyo },
    async stop() {
      await Promise.all([shop.stop(), klaviyo.stop()]);
    },
  };
}

/** Waits until Klaviyo has taken so many requests in bulk. Throws when the run ends before. */
export async function untilTaken(count: number, run: Child, { klaviyo }: HistorySides): Promise<void> {
  while (klaviyo.ledger.bulk.length < count) {
    if (run.ended()) throw new Error(`it ended before ${count} requests in bulk: ${run.ended()}\n${run.output()}`);
    await sleep(LOOK_MILLISECONDS);
  }
}
