import { functionVariables } from '../../test/doubles/environment.ts';
import type { Effect, Fault } from '../../test/doubles/faults.ts';
import { createProfile } from '../../test/doubles/klaviyo/profile-identity.ts';
import type { Arrivals } from '../../test/doubles/klaviyo/state.ts';
import { disturb } from './disturb.ts';
import { startEmulatorBroker } from './emulator-broker.ts';
import { check, type Finding } from './expected/index.ts';
import { startFleet } from './fleet.ts';
import { startInProcess } from './in-process-broker.ts';
import { startSoakKlaviyo } from './klaviyo.ts';
import { createLeakDetector } from './leaks.ts';
import { type Message, outstanding } from './message.ts';
import { createRefusals, hardlyAny, undelivered } from './outcome.ts';
import { publishAll } from './publish.ts';
import { createRandom } from './random.ts';
import { LIMITS, SWITCHED_ON, settingsOf } from './settings.ts';
import { createTraffic } from './shop/index.ts';
import { startShopServer } from './shop/server.ts';
import { createState } from './shop/state.ts';
import { badWeather } from './weather.ts';

/** What to do to the function. */
export interface SoakOptions {
  /** At least so many notifications, each of them delivered once or more. */
  messages: number;
  seed: number;
  processes: number;
  /** Share of calls to either side that something happens to. */
  faultRate: number;
  /** By how much Klaviyo's minute is shortened, whose limits of events are enforced; 0 for no limits. */
  limits?: number;
  /** What happens to calls to Klaviyo for certain, whatever else happens by chance. */
  certain?: readonly Fault[];
  /** How often a message comes that can never succeed; 0.5 by default, where a customer's edit has 12. */
  poison?: number;
  /** Delivers by the Pub/Sub emulator, to one process that nobody kills. */
  emulator?: boolean;
  /** Whether nobody kills the processes, nor tells them to stop; as it is with the emulator. */
  leavesProcesses?: boolean;
  /** Folder of another build than the project's own. */
  source?: string;
  onProgress?: (text: string) => void;
}

/** What became of it. */
export interface SoakResult {
  messages: Message[];
  findings: Finding[];
  /** What went wrong beyond single notifications. */
  problems: string[];
  faults: Map<string, number>;
  /** How the events came. */
  arrivals: Arrivals;
  /** How Klaviyo answered where its documents say nothing. */
  habits: string[];
  /** Calls that Klaviyo's limits refused. */
  refusals: number;
  calls: { commercetools: number; klaviyo: number };
  restarts: { SIGKILL: number; SIGTERM: number };
  seconds: number;
}

/** A minute of 60 ms takes 4 single events and one bulk request: an order has more, and all of them come at once. */
const LIMITS_SCALE = 1000;
/** Every so many messages a former customer is erased. */
const LEAVERS = 25;
const SLOW_READS = 0.15;
const SLOW: Effect = { kind: 'slow', milliseconds: 800 };
const PATIENCE_SECONDS = 300;

/** Lets a shop be busy while everything fails now and then, and compares Klaviyo with the shop when all is quiet again. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const started = Date.now();
  const random = createRandom(options.seed);
  const weather = createRandom(options.seed + 1);
  const state = createState();
  await using running = new AsyncDisposableStack();
  const shop = running.adopt(await startShopServer(state), (one) => one.stop());
  const { klaviyo, habits, refusals } = await startSoakKlaviyo(options.seed, options.limits ?? LIMITS_SCALE);
  running.defer(() => klaviyo.stop());
  state.leavers = Array.from({ length: options.messages / LEAVERS }, () => random.uuid());
  for (const external_id of state.leavers)
    createProfile(klaviyo.state, { external_id, email: `xq.${external_id}@example.org` });
  const env = {
    ...functionVariables(shop, klaviyo),
    KLAVIYO_SYNC_SETTINGS: JSON.stringify({ limits: LIMITS, ...SWITCHED_ON }),
  };
  const settings = settingsOf(env);
  const leaks = createLeakDetector([klaviyo.apiKey, shop.clientSecret]);
  const { emulator, source, leavesProcesses = emulator } = options;
  const processes = emulator ? 1 : options.processes;
  const refused = createRefusals();
  let onLine = leaks.read;
  const fleet = running.adopt(await startFleet({ processes, env, source, onLine: (line) => onLine(line) }), (one) =>
    one.stop(),
  );
  for (const fault of options.certain ?? []) klaviyo.faults.add(fault);
  const faults = [shop, klaviyo].map((side) => badWeather(side.faults, weather, options.faultRate));
  // What is read slowly is old when it is written: that is what makes messages overtake each other.
  shop.faults.add({ match: () => weather.chance(SLOW_READS), times: Number.POSITIVE_INFINITY, effect: SLOW });
  const broker = emulator ? await startEmulatorBroker(fleet.urls[0] ?? '') : startInProcess(fleet.urls, weather);
  onLine = (line) => {
    leaks.read(line);
    refused.read(line);
    broker.readLog?.(line);
  };
  const disturber = disturb(fleet, weather, leavesProcesses ? Number.POSITIVE_INFINITY : 1000);

  const traffic = createTraffic(state, random, { poison: options.poison });
  await publishAll(traffic, broker, random, options);
  const isSettled = await broker.settled(PATIENCE_SECONDS);
  const { restarts, problems } = await disturber.stop();
  broker.stop();
  await fleet.stop();

  return {
    messages: broker.messages,
    findings: [
      ...check(state, klaviyo.state, settings),
      ...undelivered(broker.messages),
      ...refused.findings(broker.messages),
    ],
    problems: [
      ...(isSettled
        ? []
        : [`${outstanding(broker.messages)} messages were still on their way after ${PATIENCE_SECONDS} s`]),
      ...hardlyAny(broker.messages),
      ...problems,
      ...fleet.crashes(),
      ...leaks.found().map((line) => `the log holds what it must not: ${line}`),
      ...klaviyo.violations.map((violation) => `not as Klaviyo's OpenAPI document says: ${violation}`),
    ],
    faults: new Map(faults.flatMap((counts) => [...counts]).map(([name]) => [name, sum(faults, name)])),
    arrivals: klaviyo.state.arrivals,
    ...{ habits, refusals: refusals() },
    calls: { commercetools: shop.served(), klaviyo: klaviyo.served },
    restarts,
    seconds: (Date.now() - started) / 1000,
  };
}

const sum = (all: Map<string, number>[], name: string) =>
  all.reduce((total, counts) => total + (counts.get(name) ?? 0), 0);
