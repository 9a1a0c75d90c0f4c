import { type AttemptLine, type Attempts, readAttempts } from '../../test/doubles/attempts.ts';
import { CHECKOUTS, functionVariables } from '../../test/doubles/environment.ts';
import { freePort } from '../../test/doubles/free-port.ts';
import { type FunctionProcess, startFunction } from '../../test/doubles/function-process.ts';
import type { RecordedRequest } from '../../test/doubles/http.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../test/doubles/klaviyo/server.ts';
import { type Broker, startBroker } from '../../test/doubles/pubsub/broker.ts';
import { TOPIC } from '../../test/doubles/pubsub/client.ts';
import type { OnPush } from '../../test/doubles/pubsub/relay.ts';
import { type Shop, startShop } from '../../test/doubles/shop/index.ts';

/** Everything that the sync has to do with, on this machine. */
export interface World {
  shop: Shop;
  klaviyo: KlaviyoStandIn;
  broker: Broker;
  fn: Pick<FunctionProcess, 'url'> & Pick<Attempts, 'attempts'> & Omit<RunningFunction, 'stop'>;
  /** Stops all of it. */
  stop(): Promise<void>;
}

/** The function's process, which may be another one later. */
interface RunningFunction {
  /** The process that is there now. */
  process(): FunctionProcess;
  /** Ends the process at once, if it has not ended, and starts another one in its place. Resolves when that serves. */
  restart(): Promise<void>;
  /** Ends the process, and starts no other. */
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
  /** Called once a call is answered, cut or left hanging. */
  onCall?: (service: 'commercetools' | 'klaviyo', call: RecordedRequest) => void;
  /** Told of every push to the function. */
  onPush?: OnPush;
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
  const { ports = {}, onAttempt, onCall, onPush } = options;
  const running = new AsyncDisposableStack();
  const started = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> =>
    running.adopt(await starting, (one) => one.stop());
  const told = (service: 'commercetools' | 'klaviyo') => onCall && ((call: RecordedRequest) => onCall(service, call));
  try {
    const shop = await started(startShop({ port: await freePort(ports.shop), onRequest: told('commercetools') }));
    const klaviyo = await started(startKlaviyo({ port: await freePort(ports.klaviyo), onRequest: told('klaviyo') }));
    const { attempts, read: onLine } = readAttempts(onAttempt);
    const env = { ...functionVariables(shop, klaviyo), ...SWITCHED_ON };
    const fn = await started(startRestartable({ port: await freePort(ports.fn), env, onLine }));
    const { url } = fn.process();
    const pushEndpoint = `${url}/${TOPIC}`;
    const starting = [
      fn.process().untilServing(),
      started(startBroker({ pushEndpoint, onPush, port: ports.broker }, options.broker)),
    ] as const;
    // Both have to be settled before anything can be stopped.
    await Promise.allSettled(starting);
    const [, broker] = await Promise.all(starting);
    return { shop, klaviyo, fn: { ...fn, url, attempts }, broker, stop: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync();
    throw error;
  }
}

async function startRestartable(options: Parameters<typeof startFunction>[0]): Promise<RunningFunction> {
  let current = await startFunction(options);
  let isOver = false;
  return {
    process: () => current,
    stop() {
      isOver = true;
      return current.stop();
    },
    async restart() {
      current.kill('SIGKILL');
      await current.exit;
      if (isOver) return;
      current = await startFunction({ ...options, port: current.port });
      await current.untilServing();
    },
  };
}
