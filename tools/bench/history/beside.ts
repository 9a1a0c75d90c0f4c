import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedRequest } from '../../../test/doubles/http.ts';
import { deliverAll } from '../deliveries.ts';
import { CUSTOMER_CREATED, orderCreated } from '../kinds.ts';
import { API_KEY, startSync } from '../process.ts';
import { firstAcknowledgement } from '../push.ts';
import { percentile } from '../statistics.ts';
import { BACKFILL, type Size } from './backfill.ts';
import { startHistory } from './program.ts';
import { startHistorySides, untilTaken } from './sides.ts';

/** Orders that are placed at a steady rate. */
export interface LiveTraffic {
  perSecond: number;
  seconds: number;
}

/** How live traffic fared, with backfill beside it or without. */
export interface Beside extends LiveTraffic {
  isBeside: boolean;
  orders: number;
  /** Calls of live traffic, and those of them that Klaviyo refused for its limits. */
  calls: number;
  refused: number;
  /** Milliseconds from the push of an order to its acknowledgement. */
  p50: number;
  p99: number;
  /** Requests with events in bulk. */
  bulk: number;
}

const LINES = 4;
/** Numbers of orders that the past does not have. */
const FIRST = 1e9;

/**
 * Lets orders of customers whom Klaviyo does not know be placed, while backfill writes a past or without it.
 *
 * @param latency milliseconds of a call
 */
export async function measureBeside(
  { isBeside, perSecond, seconds }: LiveTraffic & { isBeside: boolean },
  size: Size,
  latency: number,
): Promise<Beside> {
  const past = { ...size, begin: Date.now() };
  await using running = new AsyncDisposableStack();
  // Klaviyo remembers requests of the function, and not those with the other key.
  const calls: (number | undefined)[] = [];
  const remembering = {
    ...{ apiKey: API_KEY, recorded: true },
    onRequest: ({ status }: RecordedRequest) => void calls.push(status),
  };
  const sides = running.adopt(await startHistorySides(past, latency, remembering), (one) => one.stop());
  const { klaviyo, shop } = sides;
  const urls = { commercetools: shop.url, klaviyo: klaviyo.url };
  const live = running.adopt(await startSync('.', { urls }), (one) => one.stop());
  await firstAcknowledgement(live, CUSTOMER_CREATED.notification(0));
  const other = { ...sides, klaviyo: { url: klaviyo.url, apiKey: klaviyo.operatorKey } };
  const history = isBeside ? running.adopt(startHistory(BACKFILL, other), (one) => one.stop()) : undefined;
  if (history) await untilTaken(1, history, sides);
  calls.length = 0;
  const orders = perSecond * seconds;
  const placed: ReturnType<typeof deliverAll>[] = [];
  for (let number = 0; number < orders; number++) {
    const message = orderCreated(FIRST + number, LINES);
    placed.push(deliverAll([message], { urls: [live.url], concurrency: 1 }));
    klaviyo.requests.length = 0;
    await sleep(1000 / perSecond);
  }
  const milliseconds = (await Promise.all(placed)).flatMap((one) => one.milliseconds);
  if (history?.ended()) throw new Error(`backfill was not beside all of it: ${history.output()}`);
  return {
    ...{ isBeside, perSecond, seconds, orders, calls: calls.length },
    refused: calls.filter((status) => status === 429).length,
    ...{ p50: percentile(milliseconds, 0.5), p99: percentile(milliseconds, 0.99) },
    bulk: klaviyo.ledger.bulk.length,
  };
}
