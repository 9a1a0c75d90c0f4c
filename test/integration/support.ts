import type { AddressInfo } from 'node:net';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { afterAll, afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { cloudEventOf, type PushOptions, pushBody } from '../doubles/delivery.ts';
import { CHECKOUTS, functionVariables, UNSET, type Variables } from '../doubles/environment.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../doubles/klaviyo/server.ts';
import { type Shop, startShop } from '../doubles/shop/index.ts';
import { captureLog, type LogLine } from './log.ts';

/** The function behind the real framework, between the shop and the Klaviyo stand-in. Deliveries give the status. */
export interface FunctionUnderTest {
  url: string;
  shop: Shop;
  klaviyo: KlaviyoStandIn;
  /** A plain Pub/Sub push of a payload; of a text as it is. */
  push(payload: unknown, options?: PushOptions): Promise<number>;
  /** The same as Eventarc delivers it. */
  eventarc(payload: unknown, options?: PushOptions): Promise<number>;
  /** A body as it is: objects as JSON, a text as it is. */
  post(body: unknown, headers?: Record<string, string>): Promise<number>;
  /** The lines logged after the start or the last reset. */
  log: LogLine[];
  /** The lines logged at the start. */
  started: LogLine[];
  /** Both sides back to their seeds, with an empty log. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** A shop in Germany that tells of carts and of prices that begin and end; nothing is remembered between tests, which change the shop behind the back. */
const SETTINGS = JSON.stringify({
  prices: { country: 'DE', watchDates: true },
  catalog: { categoryCacheSeconds: 0 },
  checkouts: CHECKOUTS,
});

/** The environment that makes a function talk to the two; `undefined` in `more` unsets. */
export const environmentFor = (shop: Shop, klaviyo: KlaviyoStandIn, more: Variables = {}): Variables => ({
  ...functionVariables(shop, klaviyo),
  KLAVIYO_SYNC_SETTINGS: SETTINGS,
  ...more,
});

/** Starts a function with a configuration and clients of its own. Whoever calls it stops it. */
async function startFunction(environment: Variables = {}): Promise<FunctionUnderTest> {
  const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
  const { warn, error } = console;
  const exits = process.listeners('SIGTERM');
  const log = captureLog();
  await load(environmentFor(shop, klaviyo, environment));
  const server = getTestServer('syncToKlaviyo');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const started = log.lines.splice(0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function post(body: unknown, headers: Record<string, string> = {}, path = '/'): Promise<number> {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(25_000),
    });
    await response.arrayBuffer();
    return response.status;
  }

  return {
    url,
    shop,
    klaviyo,
    push: (payload, options) => post(pushBody(payload, options), {}, options?.path ?? '/projects/demo/topics/shop'),
    eventarc: (payload, options) => post(pushBody(payload, options), cloudEventOf(options)),
    post: (body, headers) => post(body, headers),
    log: log.lines,
    started,
    async reset() {
      klaviyo.reset();
      await shop.reset();
      log.lines.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await Promise.all([shop.stop(), klaviyo.stop()]);
      // The function puts its own in the place of these.
      Object.assign(console, { warn, error });
      process.removeAllListeners('SIGTERM');
      for (const exit of exits) process.on('SIGTERM', exit);
      log.release();
    },
  };
}

/** One function for a file or a `describe`, back to the seed before each test. */
export async function functionForAll(environment?: Variables): Promise<FunctionUnderTest> {
  const running = await startFunction(environment);
  beforeEach(() => running.reset());
  afterEach(() => expect(running.klaviyo.violations).toEqual([]));
  afterAll(() => running.stop());
  return running;
}

/** A function of a test's own. */
export async function functionForTest(environment?: Variables): Promise<FunctionUnderTest> {
  const running = await startFunction(environment);
  onTestFinished(async () => {
    await running.stop();
    expect(running.klaviyo.violations).toEqual([]);
  });
  return running;
}

/** Loads functions/index.ts anew, which registers the function, under this environment only. */
async function load(environment: Variables): Promise<void> {
  for (const name of Object.keys(UNSET)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  try {
    await import('../../functions/index.ts');
  } finally {
    vi.unstubAllEnvs();
  }
}
