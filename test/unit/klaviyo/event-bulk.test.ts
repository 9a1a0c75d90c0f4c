import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EventGroup } from '../../../shared/klaviyo/bulk/account.ts';
import { createKlaviyoClient } from '../../../shared/klaviyo/client.ts';
import { Written } from '../../../shared/klaviyo/json.ts';
import { bulkEvents } from '../../../shared/klaviyo/writers/event-bulk.ts';
import { eventBulkBody } from '../../doubles/klaviyo/event-body.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { settings } from '../support.ts';

let klaviyo: KlaviyoStandIn;
beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => klaviyo.reset());
afterAll(() => klaviyo.stop());

const events = () =>
  createKlaviyoClient({ klaviyo: { apiKey: klaviyo.apiKey, apiUrl: klaviyo.url }, settings: settings() }).events;

const sender = () => bulkEvents(events());

const TEXT = 'x'.repeat(50_000);

/** The events of an order: it is placed, and each of so many lines is told of. */
function orderOf(name: string, { lines = 2, email = `${name}@example.org`, megabytes = 0 } = {}): EventGroup {
  const event = {
    time: '2026-05-04T18:21:07.000Z',
    value: 1,
    valueCurrency: 'EUR',
    properties: new Written({ texts: Array(20 * megabytes).fill(TEXT) }),
  };
  const ordered = Array.from({ length: lines }, (_, line) => ({
    metric: 'Ordered Product',
    uniqueId: `${name}-${line}`,
  }));
  const told = [{ metric: 'Placed Order', uniqueId: name }, ...ordered];
  return { profile: { email }, events: told.map((one) => ({ ...event, ...one })) };
}

/** How many events each entry of each request had, in the order of the requests. */
const sizes = () =>
  klaviyo.requests.map(({ body }) =>
    eventBulkBody
      .parse(body)
      .data.attributes['events-bulk-create'].data.map(({ attributes }) => attributes.events.data.length),
  );

const outcomes = (results: PromiseSettledResult<void>[]) => results.map(({ status }) => status);

it('makes an entry of the events of a profile', async () => {
  const send = sender();
  await Promise.all([send(orderOf('lena')), send(orderOf('max', { lines: 1 }))]);
  expect(sizes()).toEqual([[3, 2]]);
  expect(klaviyo.state.events).toHaveLength(5);
});

it.each([true, false])('lets a group that is refused cost no other, with pointers: %s', async (bulkPointers) => {
  klaviyo.bulkPointers = bulkPointers;
  const send = bulkEvents(events(), { slots: 3, apart: 1, make: (request) => request() });
  const groups = [orderOf('lena'), orderOf('bad', { email: 'n/a' }), orderOf('max')];
  expect(outcomes(await Promise.allSettled(groups.map(send)))).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(klaviyo.eventsOf('Placed Order')).toHaveLength(2);
  klaviyo.bulkPointers = true;
});

it('puts no two groups with the same event into requests at the same time', async () => {
  const send = sender();
  const again = { ...orderOf('lena', { lines: 0 }) };
  await Promise.all([send(orderOf('lena')), send(again), send(orderOf('max'))]);
  expect(sizes()).toEqual([[3, 3], [1]]);
});

it('takes a thousand events for a full request', async () => {
  const send = sender();
  await Promise.all(['a', 'b', 'c'].map((name) => send(orderOf(name, { lines: 499 }))));
  expect(sizes()).toEqual([[500, 500], [500]]);
});

it('halves a group that no request takes, for its events or for its bytes', async () => {
  const send = sender();
  await send(orderOf('a', { lines: 1200 }));
  await send(orderOf('b', { lines: 2, megabytes: 2 }));
  // Halves are under way at the same time, and come in either order.
  expect(sizes().toSorted(([one = 0], [other = 0]) => one - other)).toEqual([[1], [2], [600], [601]]);
});
