import { createFaults } from '../../test/doubles/faults.ts';
import { enforceLimits } from '../../test/doubles/klaviyo/limiter.ts';
import { deliverAll } from './deliveries.ts';
import { createEventLog } from './event-log.ts';
import { CUSTOMERS } from './ids.ts';
import { CUSTOMER_CREATED, orderCreated } from './kinds.ts';
import { startSync } from './process.ts';
import { firstAcknowledgement } from './push.ts';
import { startStandIns } from './stand-in.ts';
import { percentile } from './statistics.ts';

/** Orders that are placed at once, and the processes that take them. */
export interface Surge {
  orders: number;
  processes: number;
  /** Messages that a process works on at once. */
  concurrency: number;
}

/** How a surge went. */
export interface Surged extends Surge {
  /** From the first delivery until every order was acknowledged. */
  seconds: number;
  p50Seconds: number;
  p99Seconds: number;
  /** Milliseconds of CPU an order, of all processes. */
  cpu: number;
  /** Deliveries an order. */
  attempts: number;
  /** Requests that Klaviyo took with one event, and with many; calls that it refused for its limits. */
  single: number;
  bulk: number;
  refused: number;
  /** Events that never came. */
  lost: number;
  /** Most memory that a process has held. */
  peakMiB: number;
}

/** Surges that goals are about, with Cloud Run's own default of requests at once in an instance, and one with Terraform's. */
export const SURGES: readonly Surge[] = [
  { orders: 2000, processes: 1, concurrency: 80 },
  { orders: 2000, processes: 3, concurrency: 40 },
  { orders: 10_000, processes: 4, concurrency: 80 },
];

const WARM_UP_ORDERS = 300;

/** Lines of orders, 3.5 on average. */
const linesOf = (number: number) => 3 + (number % 2);
/** Of ten buyers six are customers whom Klaviyo knows, one is a customer whom Klaviyo does not know, three are guests. */
const BUYERS = [...'kkkkkksggg'].map(
  (letter) => ({ k: CUSTOMERS.known, s: CUSTOMERS.strange, g: CUSTOMERS.guest })[letter],
);

/**
 * Lets so many orders be placed at once, while Klaviyo keeps its limits, and waits until all of them are in Klaviyo.
 *
 * @param folder of a built checkout
 * @param latency milliseconds of a call
 */
export async function measureSurge(
  folder: string,
  { orders, processes, concurrency }: Surge,
  latency: number,
): Promise<Surged> {
  await using running = new AsyncDisposableStack();
  const klaviyoFaults = createFaults();
  const log = createEventLog();
  const standIns = running.adopt(await startStandIns({ klaviyoFaults, onEvents: log.add }), (one) => one.stop());
  const fleet = await Promise.all(
    Array.from({ length: processes }, async () =>
      running.adopt(await startSync(folder, standIns), (one) => one.stop()),
    ),
  );
  for (const process of fleet) await firstAcknowledgement(process, CUSTOMER_CREATED.notification(0));
  const cpuOf = () => fleet.reduce((sum, process) => sum + process.cpuMilliseconds(), 0);
  const urls = fleet.map(({ url }) => url);
  const place = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      orderCreated(from + index, linesOf(index), BUYERS[index % BUYERS.length]),
    );
  // The compiler is to have seen the code, as in the other measurements.
  await deliverAll(place(orders, WARM_UP_ORDERS * processes), { urls, concurrency: 8 });
  log.clear();
  const messages = place(0, orders);
  standIns.traffic.pace = latency;
  const taken = enforceLimits(klaviyoFaults, 1);
  const cpuBefore = cpuOf();
  const { milliseconds, attempts } = await deliverAll(messages, { urls, concurrency });
  const seconds = milliseconds.map((one) => one / 1000);
  const expected = messages.reduce((sum, _, number) => sum + 1 + linesOf(number), 0);
  return {
    ...{ orders, processes, concurrency },
    seconds: Math.max(...seconds),
    p50Seconds: percentile(seconds, 0.5),
    p99Seconds: percentile(seconds, 0.99),
    cpu: (cpuOf() - cpuBefore) / orders,
    attempts: attempts / orders,
    ...log.requests,
    refused: [...taken.values()].reduce((sum, { refusals }) => sum + refusals, 0),
    lost: expected - log.events.size,
    peakMiB: Math.max(...fleet.map((process) => process.memoryMiB().peak)),
  };
}
