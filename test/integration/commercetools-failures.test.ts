import { beforeEach, describe, expect, test } from 'vitest';
import type { FaultTarget } from '../doubles/faults.ts';
import { fixture } from '../fixtures/index.ts';
import { entriesOf, writesTo } from './state.ts';
import { functionForAll, functionForTest } from './support.ts';
import { READING, TOO_LONG, TRANSIENT, untilQuiet } from './transient.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const state = () => [...entriesOf(klaviyo.state)].sort();
const pushAll = () => Promise.all(READING.map((notification) => push(notification)));
const all = (status: number) => READING.map(() => status);
/** Read by one request at a time. */
const SMALL = fixture('ResourceCreated.inventory-entry');
const ofToken = ({ path }: FaultTarget) => path.startsWith('/oauth');
const ofResources = (request: FaultTarget) => !ofToken(request);

/** What Klaviyo holds when nothing fails. */
let expected: ReturnType<typeof state>;
beforeEach(async () => {
  if (expected) return;
  for (const notification of READING) expect(await push(notification)).toBe(204);
  expected = state();
  klaviyo.reset();
  log.splice(0);
});

describe.each(TRANSIENT)('%s', (_, effect) => {
  test('that passes is survived within the attempt', async () => {
    shop.faults.add({ match: ofResources, times: 2, effect });

    expect(await pushAll()).toEqual(all(204));
    expect(state()).toEqual(expected);
  });

  test('that lasts is never acknowledged, and nothing is written', async () => {
    shop.faults.add({ match: ofResources, times: Infinity, effect });

    expect(await pushAll()).toEqual(all(500));
    await untilQuiet(shop);
    expect(writesTo(klaviyo)).toEqual([]);
    for (const line of log) {
      expect(line).toMatchObject({ severity: 'WARNING', outcome: 'failed', error: { class: 'RetryableError' } });
    }

    shop.faults.clear();
    for (const notification of READING) expect(await push(notification)).toBe(204);
    expect(state()).toEqual(expected);
  });

  test('of the token endpoint is no different, for messages that wait for it together', async () => {
    const own = await functionForTest();
    const five = () => Promise.all(Array.from({ length: 5 }, () => own.push(fixture('CategoryCreated'))));
    own.shop.faults.add({ match: ofToken, times: Infinity, effect });

    expect(await five()).toEqual(Array(5).fill(500));
    expect(own.klaviyo.requests).toEqual([]);
    expect(own.log.map(({ severity }) => severity)).toEqual(Array(5).fill('WARNING'));

    own.shop.faults.clear();
    own.shop.faults.add({ match: ofToken, effect });
    expect(await five()).toEqual(Array(5).fill(204));
  });
});

test.each([201, 202, 203, 206])('a %i is somebody else’s, whatever it holds', async (status) => {
  const body = { results: [] };
  shop.faults.add({ match: ofResources, times: Infinity, effect: { kind: 'status', status, body } });

  expect(await push(SMALL)).toBe(500);
  expect(klaviyo.requests).toEqual([]);
  expect(log).toMatchObject([{ error: { class: 'RetryableError', code: String(status) } }]);
});

describe('429', () => {
  test('with a short Retry-After is waited for within the attempt', async () => {
    shop.requests.length = 0;
    shop.faults.add({ match: ofResources, effect: { kind: 'status', status: 429, retryAfter: 1 } });

    expect(await push(SMALL)).toBe(204);
    expect(shop.requests.slice(0, 2).map(({ status }) => status)).toEqual([429, 200]);
  });

  test('with a Retry-After beyond the deadline is not tried again', async () => {
    shop.requests.length = 0;
    shop.faults.add({ match: ofResources, times: Infinity, effect: TOO_LONG });

    expect(await push(SMALL)).toBe(500);
    expect(shop.requests).toHaveLength(1);
  });

  test('nor is the token endpoint', async () => {
    const own = await functionForTest();
    own.shop.faults.add({ match: ofToken, times: Infinity, effect: TOO_LONG });

    expect(await own.push(SMALL)).toBe(500);
    expect(own.shop.requests).toHaveLength(1);
  });
});

test('any other refusal is permanent', async () => {
  const body = { statusCode: 400, message: 'Malformed', errors: [{ code: 'InvalidInput', message: 'Malformed' }] };
  shop.faults.add({ match: ofResources, times: Infinity, effect: { kind: 'status', status: 400, body } });

  expect(await pushAll()).toEqual(all(500));
  expect(log[0]).toMatchObject({
    severity: 'ERROR',
    error: { class: 'PermanentError', status: 400, code: 'InvalidInput' },
  });
});

test('a resource that lacks what the mapping needs is an error that names the path', async () => {
  const order = await shop.get('order', '0de50000-0000-4000-8000-000000000003');
  await shop.put('order', { ...order, totalPrice: undefined } as never);

  expect(await push(fixture('OrderStateChanged.Complete'))).toBe(500);
  expect(log).toMatchObject([
    { error: { class: 'InvalidMessageError', message: expect.stringContaining('totalPrice') } },
  ]);
});
