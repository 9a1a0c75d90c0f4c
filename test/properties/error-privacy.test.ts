import { inspect } from 'node:util';
import { afterAll, afterEach, expect, test } from 'vitest';
import { newAttempt, runAttempt } from '../../shared/attempt.ts';
import { createCommercetools } from '../../shared/commercetools/index.ts';
import { createApply } from '../../shared/klaviyo/apply.ts';
import { createKlaviyoClient } from '../../shared/klaviyo/client.ts';
import { profileLookup } from '../../shared/klaviyo/profiles.ts';
import type { Write } from '../../shared/klaviyo/writes.ts';
import { createPlanner } from '../../shared/planner.ts';
import { openEnvelope } from '../../shared/platform-format/envelope.ts';
import { parseNotification } from '../../shared/platform-format/payload.ts';
import { pushBody } from '../doubles/delivery.ts';
import type { Effect } from '../doubles/faults.ts';
import { PERSONAL_VALUES, personalValuesIn, toldIn } from '../doubles/personal.ts';
import { collectCredentials } from '../doubles/sent-requests.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { NOTIFICATIONS, TRANSIENT } from '../integration/transient.ts';
import { worldForAll } from './world.ts';

const { shop, klaviyo, configuration } = await worldForAll();
const client = createKlaviyoClient(configuration);
const profiles = profileLookup(client.profiles);
const { events } = configuration.settings;
const options = {
  ...{ linkByEmail: true, emailOf: async () => undefined, isOverwritten: async () => false, events },
  saysStill: async () => true,
};
const apply = createApply(client, profiles, options);
const { match, plan } = createPlanner(configuration, createCommercetools(configuration), profiles);

const { credentials: tokens, stop } = collectCredentials();
afterAll(stop);
afterEach(() => {
  klaviyo.reset();
  return shop.reset();
});

/** Refusals that repeat what they are given, as a service may. */
const refusals = (told: unknown): [string, Effect][] => {
  const body = { message: told, error: told, error_description: told, errors: [{ code: 'invalid', detail: told }] };
  return [400, 401, 403, 404, 409, 413, 422, 429, 500].map((status) => [
    `a ${status} that repeats all it knows`,
    { kind: 'status', status, body },
  ]);
};

/** Long enough for a try or two. */
const briefly = <T>(work: () => Promise<T>) => runAttempt(newAttempt(200), work);

/** What somebody who holds an error could get at, however deep. */
const everythingIn = (error: unknown) =>
  inspect(error, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null });

function expectNothingPrivate(outcomes: PromiseSettledResult<unknown>[]): void {
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  const secrets = [klaviyo.apiKey, shop.clientSecret, ...tokens].filter((secret) => secret.length > 2);
  const sent = personalValuesIn(klaviyo.requests);
  for (const error of errors) {
    expect(error).toBeInstanceOf(Error);
    expect(toldIn(everythingIn(error), [...PERSONAL_VALUES, ...sent, ...secrets])).toEqual([]);
    expect(everythingIn(error)).not.toMatch(/(bearer|basic|klaviyo-api-key) \S/i);
  }
}

const planned = async (payload: unknown): Promise<Write[]> => {
  const notification = parseNotification(openEnvelope(pushBody(payload)));
  const handler = match(notification);
  return handler ? plan(handler, { notification }) : [];
};

/** Every text in some data. */
const textsIn = (data: unknown): string[] =>
  typeof data === 'object' && data !== null
    ? Object.values(data).flatMap(textsIn)
    : typeof data === 'string'
      ? [data]
      : [];

test('errors of Klaviyo hold neither what was sent nor the key', async () => {
  const [first, ...others] = (await Promise.all([...NOTIFICATIONS, fixture('OrderCustomerSet')].map(planned))).flat();
  for (const write of [first, ...others]) {
    if (!write) continue;
    const told = `Not valid: ${textsIn(write).join(', ')}`;
    const outcomes: PromiseSettledResult<unknown>[] = [];
    for (const [, effect] of refusals(told)) {
      klaviyo.faults.add({ match: ({ method }) => method !== 'GET', times: Infinity, effect });
      outcomes.push(...(await Promise.allSettled([briefly(() => apply([write]))])));
      klaviyo.faults.clear();
    }
    expect(outcomes.map(({ status }) => status)).toContain('rejected');
    expectNothingPrivate(outcomes);
  }
});

test('errors of a connection to Klaviyo hold neither', async () => {
  const writes = (await Promise.all(NOTIFICATIONS.map(planned))).flat();
  for (const [, effect] of [...TRANSIENT, ['a hang', { kind: 'hang' }] as const]) {
    klaviyo.faults.add({ times: Infinity, effect });
    const outcomes = await Promise.allSettled(writes.map((write) => briefly(() => apply([write]))));
    expect(outcomes.map(({ status }) => status)).toContain('rejected');
    expectNothingPrivate(outcomes);
    klaviyo.faults.clear();
  }
});

test('errors of commercetools hold neither what was answered nor a credential', async () => {
  const [lena, order, payment] = [seeded('customer')[0], seeded('order')[0], seeded('payment')[0]];
  const read = async () => {
    const readers = createCommercetools(configuration);
    return Promise.allSettled([
      briefly(() => readers.customers.byId(lena?.id ?? '')),
      briefly(() => readers.orders.byId(order?.id ?? '')),
      briefly(() => readers.orders.byPayment(payment?.id ?? '')),
    ]);
  };
  const told = JSON.stringify([lena, order, shop.clientSecret, ...tokens]);
  for (const [, effect] of [...refusals(told), ...TRANSIENT, ['a hang', { kind: 'hang' }] as const]) {
    for (const after of [0, 1]) {
      shop.faults.add({ after, times: Infinity, effect });
      expectNothingPrivate(await read());
      shop.faults.clear();
    }
  }
});

test('errors of resources that are not as expected do not hold them', async () => {
  const [lena, order] = [seeded('customer')[0], seeded('order')[0]];
  if (!lena || !order) throw new Error('The seed lacks something');
  await shop.put('customer', Object.assign({}, lena, { addresses: { streetName: lena.email } }));
  await shop.put(
    'order',
    Object.assign({}, order, { createdAt: lena.email, totalPrice: { currencyCode: lena.lastName } }),
  );
  const readers = createCommercetools(configuration);

  const outcomes = await Promise.allSettled([readers.customers.byId(lena.id), readers.orders.byId(order.id)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expectNothingPrivate(outcomes);
});
