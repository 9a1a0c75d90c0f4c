import { setTimeout as sleep } from 'node:timers/promises';
import { createFaults } from '../../test/doubles/faults.ts';
import { enforceLimits } from '../../test/doubles/klaviyo/limiter.ts';
import { deliverAll } from './deliveries.ts';
import { CUSTOMER_CREATED, orderCreated, priceChanged } from './kinds.ts';
import { startSync } from './process.ts';
import { firstAcknowledgement } from './push.ts';
import { startStandIns } from './stand-in.ts';
import { percentile } from './statistics.ts';

/** Changes of prices that wait while orders are placed, and how many orders. */
export interface PriceRun {
  prices: number;
  orders: number;
}

/** How long orders took meanwhile, from the push to the acknowledgement. */
export interface OrdersMeanwhile extends PriceRun {
  p50: number;
  p99: number;
  /** Changes of prices that were done when the last order was. */
  done: number;
}

/** The price run that a goal is about. */
export const PRICE_RUN: PriceRun = { prices: 20_000, orders: 200 };

/** What one instance of the catalog lane works on. */
const CONCURRENCY = 80;
const PAUSE_MILLISECONDS = 50;

/**
 * Lets orders be placed one after the other while changes of prices wait, each in the lane of its own, with Klaviyo's limits for
 * both.
 *
 * @param folder of a built checkout
 * @param latency milliseconds of a call
 */
export async function measureBehindPrices(folder: string, run: PriceRun, latency: number): Promise<OrdersMeanwhile> {
  await using running = new AsyncDisposableStack();
  const klaviyoFaults = createFaults();
  const standIns = running.adopt(await startStandIns({ klaviyoFaults }), (one) => one.stop());
  const start = async () => running.adopt(await startSync(folder, standIns), (one) => one.stop());
  const [orders, catalog] = [await start(), await start()];
  for (const lane of [orders, catalog]) await firstAcknowledgement(lane, CUSTOMER_CREATED.notification(0));
  standIns.traffic.pace = latency;
  enforceLimits(klaviyoFaults, 1);

  const over = new AbortController();
  const prices = Array.from({ length: run.prices }, (_, number) => priceChanged(number));
  const changing = deliverAll(prices, { urls: [catalog.url], concurrency: CONCURRENCY, signal: over.signal });
  const milliseconds: number[] = [];
  for (let number = 1; number <= run.orders; number++) {
    const placed = await deliverAll([orderCreated(number, 4)], { urls: [orders.url], concurrency: 1 });
    milliseconds.push(...placed.milliseconds);
    await sleep(PAUSE_MILLISECONDS);
  }
  over.abort();
  const done = (await changing).milliseconds.length;
  return { ...run, p50: percentile(milliseconds, 0.5), p99: percentile(milliseconds, 0.99), done };
}
