import { functionVariables } from '../../test/doubles/environment.ts';
import { startKlaviyo } from '../../test/doubles/klaviyo/server.ts';
import { startBroker } from './broker.ts';
import { checkEvents } from './expected/events.ts';
import type { Finding } from './expected/finding.ts';
import { checkProfiles } from './expected/profiles.ts';
import { startFleet } from './fleet.ts';
import { enforceLimits, leastSeconds, limitOf } from './limiter.ts';
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

/** How one part of it went. */
interface DrainLine {
  subject: 'profiles' | 'events';
  written: number;
  /** Calls answered 429. */
  refusals: number;
  /** Until the last one was written. */
  seconds: number;
  /** The same at Klaviyo's limits. */
  leastSeconds: number;
}

/** How a burst was drained. */
export interface DrainResult {
  lines: DrainLine[];
  findings: Finding[];
  deadLetters: number;
  attempts: { average: number; most: number };
}

/** Deliveries at once: 5 instances with 10 each are Terraform's defaults. */
const CONCURRENCY = 50;
const ATTEMPT_SECONDS = 50;
/** The setting's default, which may be no longer than an attempt. */
const REQUEST_SECONDS = 10;

/** One of the first two writes a profile: a creation that waited for a minute is only a trigger. */
const PROFILE_CALLS = ['POST /api/profiles', 'POST /api/profile-import', 'PATCH /api/profiles/{id}'];

/** Publishes new customers and orders all at once, and waits until all of them are in Klaviyo. */
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

  function line(subject: DrainLine['subject'], written: number, calls: string[]): DrainLine {
    const seen = calls.flatMap((call) => taken.get(call) ?? []);
    const [call = ''] = calls;
    const limit = { ...limitOf(call), steady: limitOf(call).steady / scale };
    return {
      subject,
      written,
      refusals: seen.reduce((sum, { refusals }) => sum + refusals, 0),
      seconds: Math.max(...seen.map(({ lastAt }) => lastAt)) / 1000,
      leastSeconds: leastSeconds(written, limit, 60 / scale),
    };
  }

  const settings = settingsOf(env);
  const attempts = broker.messages.map((message) => message.attempts);
  const findings = [...checkProfiles(state, klaviyo.state, settings), ...checkEvents(state, klaviyo.state, settings)];
  return {
    lines: [
      line('profiles', profiles, PROFILE_CALLS),
      line('events', klaviyo.state.events.length, ['POST /api/events']),
    ],
    findings,
    deadLetters: broker.messages.filter(({ state: one }) => one !== 'acknowledged').length,
    attempts: { average: attempts.reduce((sum, one) => sum + one, 0) / attempts.length, most: Math.max(...attempts) },
  };
}
