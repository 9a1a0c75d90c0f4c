import type { Order } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import type { Effect } from '../doubles/faults.ts';
import { isEventBulk } from '../doubles/klaviyo/event-bulk.ts';
import { isSingleEvent } from '../doubles/klaviyo/events.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { placed } from './notifications.ts';
import { type FunctionUnderTest, functionForTest } from './support.ts';

const order = seeded('order').find(({ customerId }) => !customerId);
if (!order) throw new Error('The seed lacks the order of a guest');
const EVENTS = 1 + order.lineItems.length;

/** An order of a guest; of several orders each is another one. */
const orderOf = (number: number, more: Partial<Order> = {}): Order => ({
  ...order,
  id: `order-${number}`,
  customerEmail: `guest-${number}@example.org`,
  lineItems: order.lineItems.map((line) => ({ ...line, id: `line-${number}-${line.id}` })),
  ...more,
});

const bulkRequests = ({ klaviyo }: FunctionUnderTest) => klaviyo.requests.filter(isEventBulk);
const singleRequests = ({ klaviyo }: FunctionUnderTest) => klaviyo.requests.filter(isSingleEvent);

/** How much an hour takes; longer than any attempt. */
const HOUR = 3600;

/** A function to which Klaviyo refuses single events, for as long as it says or for so many calls. */
async function limited(retryAfter = HOUR, times = Number.POSITIVE_INFINITY, environment = {}) {
  const own = await functionForTest(environment);
  own.klaviyo.faults.add({ match: isSingleEvent, times, effect: { kind: 'status', status: 429, retryAfter } });
  return own;
}

test('events go one by one while Klaviyo takes them', async () => {
  const own = await functionForTest();
  expect(await own.push(placed(orderOf(1)))).toBe(204);
  expect(singleRequests(own)).toHaveLength(EVENTS);
  expect(bulkRequests(own)).toHaveLength(0);
  expect(own.log).toMatchObject([{ outcome: 'synced', events: { single: EVENTS, bulk: 0, bulkRequests: 0 } }]);
});

test('what a limit refuses goes in bulk, and what comes after it is not even tried', async () => {
  const own = await limited();
  expect(await own.push(placed(orderOf(1)))).toBe(204);
  const tried = singleRequests(own).length;
  expect(await Promise.all([2, 3, 4].map((number) => own.push(placed(orderOf(number)))))).toEqual([204, 204, 204]);
  expect(singleRequests(own)).toHaveLength(tried);
  expect(own.klaviyo.eventsOf('Placed Order')).toHaveLength(4);
  expect(own.klaviyo.state.events).toHaveLength(4 * EVENTS);
  for (const line of own.log) expect(line).toMatchObject({ events: { single: 0, bulk: EVENTS } });
  const counted = own.log.reduce((sum, { events }) => sum + Object(events).bulkRequests, 0);
  expect(counted).toBe(bulkRequests(own).length);
});

test('an event in bulk says the same as one by itself', async () => {
  const own = await functionForTest();
  expect(await own.push(placed(orderOf(1)))).toBe(204);
  const told = () => own.klaviyo.state.events.map(({ id, created, profile_id, ...event }) => event);
  const single = told();
  await own.reset();
  own.klaviyo.faults.add({
    match: isSingleEvent,
    times: 99,
    effect: { kind: 'status', status: 429, retryAfter: HOUR },
  });
  expect(await own.push(placed(orderOf(1)))).toBe(204);
  expect(bulkRequests(own)).not.toHaveLength(0);
  expect(told().toSorted((one, other) => one.unique_id.localeCompare(other.unique_id))).toEqual(
    single.toSorted((one, other) => one.unique_id.localeCompare(other.unique_id)),
  );
});

test('single events are sent again when the limit is over', async () => {
  const own = await limited(0, 1);
  expect(await own.push(placed(orderOf(1)))).toBe(204);
  await expect
    .poll(async () => {
      await own.push(placed(orderOf(2)));
      return own.log.at(-1)?.events;
    })
    .toEqual({ single: EVENTS, bulk: 0, bulkRequests: 0 });
});

test('with events.bulk "never" a refused event waits', async () => {
  const never = { KLAVIYO_SYNC_SETTINGS: '{"events":{"bulk":"never"}}' };
  const own = await limited(0, 1, never);
  expect(await own.push(placed(orderOf(1)))).toBe(204);
  expect(bulkRequests(own)).toHaveLength(0);
  expect(own.log).toMatchObject([{ events: { single: EVENTS, bulk: 0 } }]);
});

describe.each([true, false])('a bad event among others, with pointers in the refusal: %s', (bulkPointers) => {
  test('costs its own message only', async () => {
    const own = await limited(0, 4);
    own.klaviyo.bulkPointers = bulkPointers;
    const orders = [1, 2, 3, 4, 5].map((number) => orderOf(number, number === 3 ? { customerEmail: 'n/a' } : {}));
    const statuses = await Promise.all(orders.map((one) => own.push(placed(one))));
    expect(statuses).toEqual([204, 204, 500, 204, 204]);
    expect(own.log.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { severity: 'ERROR', error: { class: 'PermanentError', status: 400, pointer: expect.stringMatching(/email$/) } },
    ]);
    expect(own.klaviyo.eventsOf('Placed Order')).toHaveLength(4);
  });
});

test.each<[string, Effect]>([
  ['a reset', { kind: 'reset' }],
  ['a lost reply', { kind: 'lost-reply' }],
  ['500', { kind: 'status', status: 500 }],
  ['413', { kind: 'status', status: 413, body: { errors: [{ code: 'too_large', detail: 'Too large.' }] } }],
  ['somebody else’s page', { kind: 'garbage', applied: false }],
])('%s of a request in bulk that passes is survived, though Klaviyo refuses what it has', async (_, effect) => {
  const own = await limited(1, EVENTS);
  own.klaviyo.bulkRefusesStored = true;
  own.klaviyo.faults.add({ match: isEventBulk, effect });
  expect(await Promise.all([1, 2, 3].map((number) => own.push(placed(orderOf(number)))))).toEqual([204, 204, 204]);
  expect(own.klaviyo.state.events).toHaveLength(3 * EVENTS);
});

test('no message is acknowledged whose request in bulk was not answered', async () => {
  const own = await limited(HOUR, Number.POSITIVE_INFINITY, {
    KLAVIYO_SYNC_SETTINGS: '{"limits":{"attemptSeconds":2,"requestSeconds":1}}',
  });
  own.klaviyo.faults.add({ match: isEventBulk, times: Number.POSITIVE_INFINITY, effect: { kind: 'hang' } });
  expect(await Promise.all([1, 2].map((number) => own.push(placed(orderOf(number)))))).toEqual([500, 500]);
  for (const line of own.log) expect(line).toMatchObject({ severity: 'WARNING', error: { class: 'RetryableError' } });
});

test('when bulk is limited as well, events wait for it together', async () => {
  const own = await limited();
  own.klaviyo.faults.add({ match: isEventBulk, effect: { kind: 'status', status: 429, retryAfter: 1 } });
  expect(await Promise.all([1, 2, 3].map((number) => own.push(placed(orderOf(number)))))).toEqual([204, 204, 204]);
  expect(own.klaviyo.state.events).toHaveLength(3 * EVENTS);
  expect(bulkRequests(own).length).toBeLessThan(3 * EVENTS);
});

test('when bulk is limited for longer than an attempt, the messages are handed back at once', async () => {
  const own = await limited();
  const effect: Effect = { kind: 'status', status: 429, retryAfter: HOUR };
  own.klaviyo.faults.add({ match: isEventBulk, times: Number.POSITIVE_INFINITY, effect });
  expect(await own.push(placed(orderOf(1)))).toBe(500);
  const tried = bulkRequests(own).length;
  expect(await own.push(placed(orderOf(2)))).toBe(500);
  expect(bulkRequests(own)).toHaveLength(tried);
  for (const line of own.log) expect(line).toMatchObject({ severity: 'WARNING', error: { class: 'RetryableError' } });
});

test('a message that is delivered twice at once never meets itself in a request', async () => {
  const own = await limited();
  const twice = [placed(orderOf(1)), placed(orderOf(1)), placed(orderOf(1))];
  expect(await Promise.all(twice.map((notification) => own.push(notification)))).toEqual([204, 204, 204]);
  expect(bulkRequests(own).every(({ status }) => status === 202)).toBe(true);
  expect(own.klaviyo.state.events).toHaveLength(EVENTS);
});
