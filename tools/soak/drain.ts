import { functionVariables } from '../../test/doubles/environment.ts';
import { enforceLimits } from '../../test/doubles/klaviyo/limiter.ts';
import { startKlaviyo } from '../../test/doubles/klaviyo/server.ts';
import { startBroker } from './broker.ts';
import { type Bound, boundOf, type DrainLine, lineOf } from './drain-line.ts';
import { checkEvents } from './expected/events.ts';
import type { Finding } from './expected/finding.ts';
import { checkProfiles } from './expected/profiles.ts';
import { startFleet } from './fleet.ts';
import { pauseAfter, terraformPolicy } from './policy.ts';
import { createRandom } from './random.ts';
import { settingsOf } from './settings.ts';
import { createCatalog } from './shop/catalog.ts';
import { message } from './shop/notifications.ts';
import { createOrders } from './shop/orders.ts';
import { createPeople } from './shop/people.ts';
import { startShopServer } from './shop/server.ts';
import { createState } from './shop/state.ts';

/** What comes at once, and what it meets. */
export interface DrainOptions {
  profiles: number;
  orders: number;
  processes: number;
  /** By how much the minute of a limit, the retry policy and an attempt are shortened. */
  scale: number;
}

/** How a burst was drained. */
export interface DrainResult {
  lines: DrainLine[];
  bound: Bound | undefined;
  findings: Finding[];
  deadLetters: number;
  attempts: { average: number; most: number };
}

/** Deliveries at once: 5 instances with 10 each are Terraform's defaults. */
const CONCURRENCY = 50;
const ATTEMPT_SECONDS = 50;
/** The setting's default, which may be no longer than an attempt. */
const REQUEST_SECONDS = 10;

/** Publishes new customers and orders of guests all at once, and waits until all of them are in Klaviyo. */
export async function drain({ profiles, orders, processes, scale }: DrainOptions): Promise<DrainResult> {
  await using running = new AsyncDisposableStack();
  const random = createRandom(1);
  const state = createState();
  const shop = running.adopt(await startShopServer(state), (one) => one.stop());
  const klaviyo = running.adopt(await startKlaviyo(), (one) => one.stop());
  const attemptSeconds = ATTEMPT_SECONDS / scale;
  const limits = { attemptSeconds, requestSeconds: Math.min(REQUEST_SECONDS, attemptSeconds) };
  const env = { ...functionVariables(shop, klaviyo), KLAVIYO_SYNC_SETTINGS: JSON.stringify({ limits }) };
  const fleet = running.adopt(await startFleet({ processes, env }), (one) => one.stop());
  const policy = terraformPolicy();
  const broker = startBroker({
    urls: fleet.urls,
    random,
    maxDeliveryAttempts: policy.maxDeliveryAttempts,
    concurrency: CONCURRENCY,
    pauseAfter: (attempts) => (pauseAfter(policy, attempts) * 1000) / scale,
  });

  const people = createPeople(state, random);
  createCatalog(state, random).publish();
  state.rememberBreadcrumbs();
  const placing = createOrders(state, random, { ...people, any: () => undefined });
  for (let customer = 0; customer < profiles; customer++) people.signUp();
  for (let order = 0; order < orders; order++) placing.place();
  const created = [...state.customers.values()].map((customer) =>
    message('CustomerCreated', 'customer', customer, { customer }),
  );
  const placed = [...state.orders.values()].map((order) => message('OrderCreated', 'order', order, { order }));
  const taken = enforceLimits(klaviyo.faults, scale);
  for (const payload of created) broker.publish({ kind: 'customer', payload });
  for (const payload of placed) broker.publish({ kind: 'order-placed', payload });
  await broker.settled(600);
  broker.stop();

  const seen = { taken, scale };
  const events = { written: klaviyo.state.events.length, inBulk: klaviyo.state.arrivals.bulk };
  const settings = settingsOf(env);
  const attempts = broker.messages.map((message) => message.attempts);
  const findings = [...checkProfiles(state, klaviyo.state, settings), ...checkEvents(state, klaviyo.state, settings)];
  return {
    lines: [lineOf('profiles', { written: profiles, inBulk: 0 }, seen), lineOf('events', events, seen)].flat(),
    bound: boundOf(seen),
    findings,
    deadLetters: broker.messages.filter(({ state: one }) => one !== 'acknowledged').length,
    attempts: { average: attempts.reduce((sum, one) => sum + one, 0) / attempts.length, most: Math.max(...attempts) },
  };
}
