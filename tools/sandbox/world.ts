import { type AttemptLine, type Attempts, readAttempts } from '../../test/doubles/attempts.ts';
import { CHECKOUTS, functionVariables } from '../../test/doubles/environment.ts';
import { freePort } from '../../test/doubles/free-port.ts';
import { type FunctionProcess, startFunction } from '../../test/doubles/function-process.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../test/doubles/klaviyo/server.ts';
import { type Broker, startBroker } from '../../test/doubles/pubsub/broker.ts';
import { TOPIC } from '../../test/doubles/pubsub/client.ts';
import { type Shop, startShop } from '../../test/doubles/shop/index.ts';

/** Everything that the sync has to do with, on this machine. */
export interface World {
  shop: Shop;
  klaviyo: KlaviyoStandIn;
  broker: Broker;
  fn: FunctionProcess & Pick<Attempts, 'attempts'>;
  /** Stops all of it. */
  stop(): Promise<void>;
}

/** How to run it. */
export interface WorldOptions {
  /** Which broker; the emulator where there is one by default. */
  broker?: Broker['kind'];
  /** Ports to prefer; any by default. */
  ports?: Partial<Record<'shop' | 'klaviyo' | 'broker' | 'fn', number>>;
  /** Called with the log line of every attempt, and which of its message it is, from 1. */
  onAttempt?: (attempt: AttemptLine, number: number) => void;
}

/** What is off by default, and shown in the sandbox. Fixtures are older than a message that may subscribe. */
export const SWITCHED_ON = {
  KLAVIYO_SYNC_SETTINGS: JSON.stringify({
    checkouts: CHECKOUTS,
    orders: { trackingUrls: { '*': 'https://track.example.org/{{carrier}}/{{trackingId}}' } },
    prices: { watchDates: true },
    reviews: { events: true },
    consent: { email: { customerField: 'newsletter', list: 'NEWS' }, withinHours: 24 * 365 * 100 },
  }),
};

/** Starts shop, stand-in, function and broker. When one of them does not start, the others are stopped. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { ports = {}, onAttempt } = options;
  const running = new AsyncDisposableStack();
  const started = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> =>
    running.adopt(await starting, (one) => one.stop());
  try {
    const shop = await started(startShop({ port: await freePort(ports.shop) }));
    const klaviyo = await started(startKlaviyo({ port: await freePort(ports.klaviyo) }));
    const { attempts, read: onLine } = readAttempts(onAttempt);
    const env = { ...functionVariables(shop, klaviyo), ...SWITCHED_ON };
    const fn = await started(startFunction({ port: await freePort(ports.fn), env, onLine }));
    const pushEndpoint = `${fn.url}/${TOPIC}`;
    const starting = [
      fn.untilServing(),
      started(startBroker({ pushEndpoint, port: ports.broker }, options.broker)),
    ] as const;
    // Both have to be settled before anything can be stopped.
    await Promise.allSettled(starting);
    const [, broker] = await Promise.all(starting);
    return { shop, klaviyo, fn: { ...fn, attempts }, broker, stop: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync();
    throw error;
  }
}
