import { expect, test } from 'vitest';
import { pushBody } from '../doubles/delivery.ts';
import { fixture, fixtureNames } from '../fixtures/index.ts';
import { idOf } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const { shop, klaviyo, push, eventarc, post, log } = await functionForAll();

test('an attempt is one line that tells which message it was and what became of it', async () => {
  const publishTime = new Date(Date.now() - 30_000);
  expect(await push(fixture('OrderCreated'), { messageId: 'm1', publishTime })).toBe(204);
  expect(log).toEqual([
    {
      ...{ severity: 'INFO', time: expect.any(String), message: 'synced', outcome: 'synced' },
      ...{ messageId: 'm1', notificationType: 'Message', messageType: 'OrderCreated', handler: 'order-placed' },
      ...{ notificationId: idOf('3e550000', 2), resource: { typeId: 'order', id: idOf('0de50000', 1) } },
      ...{ ageMilliseconds: expect.any(Number), milliseconds: expect.any(Number) },
      calls: { commercetools: expect.any(Number), klaviyo: 5 },
      events: { single: 3, bulk: 0, bulkRequests: 0 },
    },
  ]);
  expect(log[0]?.ageMilliseconds).toBeGreaterThanOrEqual(30_000);
});

test('a failed one tells the class, the status and our own words, by which its dead letter is explained', async () => {
  klaviyo.faults.add({ times: Infinity, effect: { kind: 'status', status: 503 } });

  expect(await eventarc(fixture('CategoryCreated'), { messageId: 'm2' })).toBe(500);
  expect(log).toMatchObject([
    {
      ...{ severity: 'WARNING', outcome: 'failed', messageId: 'm2', handler: 'category' },
      error: { class: 'RetryableError', status: 503, message: expect.any(String) },
      calls: { klaviyo: 3 },
    },
  ]);
});

test('every redelivery has a line with the same message id', async () => {
  klaviyo.faults.add({ times: 3, effect: { kind: 'status', status: 503 } });
  for (let delivery = 0; delivery < 2; delivery++) await push(fixture('CategoryCreated'), { messageId: 'm3' });

  expect(log.map(({ messageId, outcome }) => `${messageId} ${outcome}`)).toEqual(['m3 failed', 'm3 synced']);
});

test('Pub/Sub’s count of deliveries is told where it is known', async () => {
  const body = { ...pushBody(fixture('Event')), deliveryAttempt: 4 };
  const headers = { 'ce-id': '1', 'ce-specversion': '1.0', 'ce-type': 't', 'ce-source': 's' };

  expect(await post(body, headers)).toBe(204);
  expect(log).toMatchObject([{ outcome: 'ignored', deliveryAttempt: 4 }]);
});

test.each(fixtureNames())('%s of another project is ignored, with a warning that names both keys', async (name) => {
  const told = fixture(name);
  // The CloudEvents format has the notification inside.
  const [payload, inside] = 'specversion' in told ? [told, Object(told.data)] : [told, told];
  inside.projectKey = 'other-shop';

  expect(await push(payload)).toBe(204);
  expect(klaviyo.requests).toEqual([]);
  expect(log).toMatchObject([
    {
      ...{ severity: 'WARNING', outcome: 'ignored' },
      warnings: [expect.stringMatching(/other-shop.*demo-shop/)],
    },
  ]);
});

test('Google’s trace is linked where the project is known', async () => {
  const own = await functionForTest({ GOOGLE_CLOUD_PROJECT: 'demo' });
  const trace = '0af7651916cd43dd8448eb211c80319c';
  const headers = { 'ce-id': '1', 'ce-specversion': '1.0', 'ce-type': 't', 'ce-source': 's' };
  const traceparent = `00-${trace}-b7ad6b7169203331-01`;

  expect(await own.post(pushBody(fixture('Event')), { ...headers, 'ce-traceparent': traceparent })).toBe(204);
  expect(own.log).toMatchObject([{ 'logging.googleapis.com/trace': `projects/demo/traces/${trace}` }]);
});

test('the trace of a delivery goes with each of its calls, so that either service tells for which message it was', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const order = { ...fixture('OrderCreated'), order: undefined, payloadNotIncluded: { payloadType: 'OrderCreated' } };

  expect(await post(pushBody(order), { traceparent })).toBe(204);
  expect(await post(pushBody(fixture('CategoryCreated')))).toBe(204);

  const traces = (path: string) =>
    [...shop.requests, ...klaviyo.requests].filter((call) => call.path.includes(path)).map((call) => call.traceparent);
  expect(new Set(traces('/orders/'))).toEqual(new Set([traceparent]));
  expect(new Set(traces('/api/events'))).toEqual(new Set([traceparent]));
  expect(new Set(traces('/api/catalog-categories'))).toEqual(new Set([undefined]));
});
