import { CHECKOUTS, functionVariables } from '../../test/doubles/environment.ts';
import type { KlaviyoOptions } from '../../test/doubles/klaviyo/server.ts';
import { checkCatalog } from './expected/catalog.ts';
import { checkEvents } from './expected/events.ts';
import type { Finding } from './expected/finding.ts';
import { checkSilence } from './expected/history.ts';
import { checkProfiles } from './expected/profiles.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { startInProcess } from './in-process-broker.ts';
import { killTimes } from './kills.ts';
import { BUSY, startSoakKlaviyo } from './klaviyo.ts';
import { createLeakDetector } from './leaks.ts';
import { undelivered } from './outcome.ts';
import { createProgram } from './program.ts';
import { publishAll } from './publish.ts';
import { createRandom } from './random.ts';
import { LIMITS, settingsOf } from './settings.ts';
import { createTraffic } from './shop/index.ts';
import { setTime } from './shop/notifications.ts';
import { livePast } from './shop/past.ts';
import { startShopServer } from './shop/server.ts';
import { createState, type ShopState } from './shop/state.ts';
import { badWeather } from './weather.ts';

/** A past to be written beside live traffic. */
export interface HistoryOptions {
  orders: number;
  /** Notifications of live traffic. */
  messages: number;
  seed: number;
  faultRate: number;
  /** How often backfill is killed. */
  kills: number;
  /** Another program than `dist/history.cjs`. */
  program?: string;
  /** What Klaviyo does besides. */
  klaviyo?: KlaviyoOptions;
  onProgress?: (text: string) => void;
}

/** What became of it. */
export interface HistoryResult {
  orders: number;
  findings: Finding[];
  problems: string[];
  faults: Map<string, number>;
  habits: string[];
  /** How often backfill was begun, and of these killed. */
  runs: number;
  kills: number;
  /** Bulk requests with events. */
  batches: number;
  seconds: number;
}

const HOUR = 3_600_000;
const DAYS = 400;
const LIMITS_SCALE = 1000;
/** Klaviyo loses requests in bulk that it has taken: live traffic cannot know, so it uses none. */
const SETTINGS = { limits: LIMITS, events: { bulk: 'never' }, checkouts: CHECKOUTS };
const PATIENCE_SECONDS = 300;

/** Lets backfill write the past of a shop beside its live traffic while everything fails now and then, and compares. */
export async function soakHistory(options: HistoryOptions): Promise<HistoryResult> {
  const started = Date.now();
  const [random, weather] = [createRandom(options.seed), createRandom(options.seed + 1)];
  const state = createState();
  livePast(state, random, { orders: options.orders, days: DAYS, until: started - 2 * HOUR });
  const past = new Map([...state.orders.values()].map(({ id, version }) => [id, version]));
  options.onProgress?.(`a past of ${state.orders.size} orders`);
  setTime(Math.ceil(started / 1000) * 1000);

  await using running = new AsyncDisposableStack();
  const shop = running.adopt(await startShopServer(state), (one) => one.stop());
  const { klaviyo, habits } = await startSoakKlaviyo(options.seed, LIMITS_SCALE, {
    ...BUSY,
    ...options.klaviyo,
  });
  running.defer(() => klaviyo.stop());
  const env = { ...functionVariables(shop, klaviyo), KLAVIYO_SYNC_SETTINGS: JSON.stringify(SETTINGS) };
  const settings = settingsOf(env);
  const leaks = createLeakDetector([klaviyo.apiKey, shop.clientSecret]);
  const fleet: Fleet = running.adopt(await startFleet({ processes: 1, env, onLine: leaks.read }), (one) => one.stop());
  const faults = [shop, klaviyo].map((side) => badWeather(side.faults, weather, options.faultRate, { refuses: false }));

  const broker = startInProcess(fleet.urls, weather);
  const traffic = createTraffic(state, random, { poison: 0, isBesideHistory: true });
  // Live traffic may be late: backfill sees what happened before anybody has told of it.
  const late = Array.from({ length: options.messages / 4 }, () => traffic.next()).flat();
  const publishing = publishAll(traffic, broker, random, { messages: options.messages });
  const program = createProgram({ env, onLine: leaks.read, ...options });
  for (const isTime of killTimes(options, klaviyo.state.arrivals, weather)) await program.runAndKill(isTime());
  const isDone = await program.runUntilEqual('backfill');
  for (const change of late) broker.publish(change);
  await publishing;
  const isSettled = await broker.settled(PATIENCE_SECONDS);
  broker.stop();
  await fleet.stop();
  for (const side of [shop, klaviyo]) side.faults.clear();
  const isEqual = await program.runUntilEqual('reconcile', 1);

  forgetWhatIsLeft(state, past, klaviyo.state.events);
  return {
    orders: options.orders,
    findings: [
      ...checkProfiles(state, klaviyo.state, settings, { phones: false }),
      ...checkEvents(state, klaviyo.state, settings),
      ...checkCatalog(state, klaviyo.state, settings),
      ...checkSilence(klaviyo.state, started),
      ...undelivered(broker.messages),
    ],
    problems: [
      ...(isSettled ? [] : ['live traffic was still on its way']),
      ...(isDone ? [] : [`backfill never ended with 0: ${program.lastLines()}`]),
      ...(isEqual ? [] : [`reconcile does not say equal: ${program.lastLines()}`]),
      ...fleet.crashes(),
      ...leaks.found().map((line) => `the log holds what it must not: ${line}`),
      ...klaviyo.violations.map((violation) => `not as Klaviyo's OpenAPI document says: ${violation}`),
    ],
    faults: new Map(faults.flatMap((counts) => [...counts])),
    habits,
    ...program.told(),
    batches: klaviyo.state.arrivals.batches,
    seconds: (Date.now() - started) / 1000,
  };
}

/**
 * Forgets the last states of orders that were changed again by live traffic: when they were reached can only be guessed then, so they
 * are left alone, until a run whose cut-off is younger.
 */
function forgetWhatIsLeft(
  state: ShopState,
  past: ReadonlyMap<string, number>,
  events: readonly { metric: string; unique_id: string }[],
): void {
  const there = new Set(events.map(({ metric, unique_id }) => `${metric} ${unique_id}`));
  state.facts = state.facts.filter(({ kind, metric, uniqueId, orderId }) => {
    const isLeft =
      kind === 'order-state' && (past.get(orderId) ?? Number.POSITIVE_INFINITY) < versionOf(state, orderId);
    return !isLeft || there.has(`${metric} ${uniqueId}`);
  });
}

const versionOf = (state: ShopState, id: string): number => state.orders.get(id)?.version ?? 0;
