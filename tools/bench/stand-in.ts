import { createFaults, type Faults } from '../../test/doubles/faults.ts';
import { type Answer, type SandboxRequest, type SandboxServer, startServer } from '../../test/doubles/http.ts';
import { createKlaviyo } from './klaviyo.ts';
import type { Route } from './route.ts';
import { shop } from './shop.ts';
import { createTraffic, type Side, type Traffic } from './traffic.ts';

/** The stand-ins of both sides, light enough not to be measured themselves. */
export interface StandIns {
  /** Without a trailing slash. */
  urls: Record<Side, string>;
  traffic: Traffic;
  stop(): Promise<void>;
}

/** How the stand-ins differ from the usual. */
interface StandInOptions {
  /** Enforces Klaviyo's limits once it is set. */
  klaviyoFaults?: Faults;
  /** Told of each request that brings events to Klaviyo. */
  onEvents?: (body: string) => void;
}

/** Starts both sides on 127.0.0.1, any port. */
export async function startStandIns({ klaviyoFaults, onEvents }: StandInOptions = {}): Promise<StandIns> {
  const traffic = createTraffic();
  const commercetools = await startSide('commercetools', shop, traffic);
  const klaviyo = await startSide('klaviyo', createKlaviyo(onEvents), traffic, klaviyoFaults);
  return {
    urls: { commercetools: commercetools.url, klaviyo: klaviyo.url },
    traffic,
    async stop() {
      await Promise.all([commercetools.stop(), klaviyo.stop()]);
    },
  };
}

/** Starts one side on 127.0.0.1, any port; a request that it does not know is answered 400. */
export async function startSide(
  side: Side,
  route: Route,
  traffic: Traffic,
  faults = createFaults(),
): Promise<SandboxServer> {
  async function answer({ method, path: sent, raw }: SandboxRequest): Promise<Answer> {
    traffic.calls[side] += 1;
    const { pathname: path, searchParams: query } = new URL(sent, 'http://stand-in');
    // A 400 is final: an unknown request must not be tried again and again.
    const found = route({ method, path, query, body: raw.toString() }) || { status: 400, body: '{}' };
    if (found.status === 400) traffic.unknown.push(`${method} ${path}`);
    await traffic.answerTime();
    return found;
  }

  const onConnection = () => {
    traffic.connections += 1;
  };
  return startServer(answer, { faults, recorded: false, onConnection });
}
