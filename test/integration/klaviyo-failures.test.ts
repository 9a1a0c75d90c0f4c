import { beforeEach, describe, expect, test } from 'vitest';
import type { FaultTarget } from '../doubles/faults.ts';
import { fixture } from '../fixtures/index.ts';
import { entriesOf } from './state.ts';
import { functionForAll, functionForTest } from './support.ts';
import { AT_ONCE, FOREIGN, NOTIFICATIONS, TOO_LONG, TRANSIENT, untilQuiet } from './transient.ts';

const { klaviyo, push, log } = await functionForAll();

const state = () => [...entriesOf(klaviyo.state)].sort();
const pushAll = () => Promise.all(NOTIFICATIONS.map((notification) => push(notification)));
const all = (status: number) => NOTIFICATIONS.map(() => status);
/** Also the look at a variant, which comes before a write of stock that had to wait. */
const isWrite = ({ method, path }: FaultTarget) => method !== 'GET' || path.startsWith('/api/catalog-variants/');

/** What Klaviyo holds when nothing fails. */
let expected: ReturnType<typeof state>;
beforeEach(async () => {
  if (expected) return;
  for (const notification of NOTIFICATIONS) expect(await push(notification)).toBe(204);
  expected = state();
  klaviyo.reset();
  log.splice(0);
});

describe.each(TRANSIENT)('%s', (_, effect) => {
  test('that passes is survived within the attempt', async () => {
    klaviyo.faults.add({ times: 2, effect });

    expect(await pushAll()).toEqual(all(204));
    expect(state()).toEqual(expected);
  });

  test('that lasts is never acknowledged, and the redelivery doubles nothing', async () => {
    klaviyo.faults.add({ match: isWrite, times: Infinity, effect });

    expect(await pushAll()).toEqual(all(500));
    await untilQuiet(klaviyo);
    expect(log).toHaveLength(NOTIFICATIONS.length);
    for (const line of log) {
      expect(line).toMatchObject({ severity: 'WARNING', outcome: 'failed', error: { class: 'RetryableError' } });
    }

    klaviyo.faults.clear();
    for (const notification of NOTIFICATIONS) expect(await push(notification)).toBe(204);
    expect(state()).toEqual(expected);
  });
});

describe('an answer that is not Klaviyo’s', () => {
  test.each(FOREIGN)('(%s) is acknowledged by no handler, and the redelivery sets all right', async (_, effect) => {
    klaviyo.faults.add({ match: isWrite, times: Infinity, effect });

    expect(await pushAll()).toEqual(all(500));
    await untilQuiet(klaviyo);
    for (const line of log) expect(line).toMatchObject({ severity: 'WARNING', error: { class: 'RetryableError' } });

    klaviyo.faults.clear();
    for (const notification of NOTIFICATIONS) expect(await push(notification)).toBe(204);
    expect(state()).toEqual(expected);
  });

  test.each([202, 204])('(%i) is none for a call that is answered with a resource', async (status) => {
    const match = ({ method }: FaultTarget) => method === 'PATCH' || method === 'POST';
    klaviyo.faults.add({ match, times: Infinity, effect: { kind: 'status', status, body: '' } });

    for (const name of ['CategoryCreated', 'CustomerCreated', 'ResourceUpdated.customer'])
      expect(await push(fixture(name))).toBe(500);
  });
});

describe('429', () => {
  test('with a short Retry-After is waited for within the attempt', async () => {
    klaviyo.faults.add({ effect: { kind: 'status', status: 429, retryAfter: 1 } });

    expect(await push(fixture('CategoryCreated'))).toBe(204);
    expect(klaviyo.requests.map(({ status }) => status)).toEqual([429, 404, 201]);
  });

  test('with a Retry-After beyond the deadline is not tried again', async () => {
    klaviyo.faults.add({ times: Infinity, effect: TOO_LONG });

    expect(await push(fixture('CategoryCreated'))).toBe(500);
    expect(klaviyo.requests).toHaveLength(1);
    expect(log).toMatchObject([{ error: { class: 'RetryableError', status: 429 } }]);
  });
});

test('429 with a Retry-After that stays short is tried a few times, not for the whole attempt', async () => {
  const own = await functionForTest({ KLAVIYO_SYNC_SETTINGS: '{"limits":{"attemptSeconds":5,"requestSeconds":5}}' });
  own.klaviyo.faults.add({ times: Infinity, effect: AT_ONCE });

  expect(await own.push(fixture('CategoryCreated'))).toBe(500);
  expect(own.klaviyo.requests.length).toBeLessThanOrEqual(6);
});

describe.each([401, 403])('%i', (status) => {
  test('fails at once and wakes somebody, and the message goes through when the key is right again', async () => {
    klaviyo.faults.add({ times: Infinity, effect: { kind: 'status', status } });

    expect(await push(fixture('CategoryCreated'))).toBe(500);
    expect(klaviyo.requests).toHaveLength(1);
    expect(log).toMatchObject([
      {
        severity: 'CRITICAL',
        outcome: 'failed',
        error: { status, message: expect.stringContaining('KLAVIYO_AUTH_KEY') },
      },
    ]);

    klaviyo.faults.clear();
    expect(await push(fixture('CategoryCreated'))).toBe(204);
  });

  test('does so for every handler', async () => {
    klaviyo.faults.add({ match: isWrite, times: Infinity, effect: { kind: 'status', status } });

    expect(await pushAll()).toEqual(all(500));
    await untilQuiet(klaviyo);
    expect(new Set(log.map(({ severity }) => severity))).toEqual(new Set(['CRITICAL']));
  });
});

test('a wrong key is a refused one', async () => {
  const own = await functionForTest({ KLAVIYO_AUTH_KEY: 'pk_other' });

  expect(await own.push(fixture('CategoryCreated'))).toBe(500);
  expect(own.log).toMatchObject([{ severity: 'CRITICAL', error: { status: 401 } }]);
});

describe('any other refusal', () => {
  test('is permanent and told by its code and pointer, so that the dead letter can be explained', async () => {
    const error = { code: 'not_allowed', detail: 'Not today.', source: { pointer: '/data/attributes/value' } };
    const body = { errors: [error] };
    klaviyo.faults.add({ match: isWrite, times: Infinity, effect: { kind: 'status', status: 400, body } });

    expect(await push(fixture('OrderCreated'), { messageId: 'm42' })).toBe(500);
    expect(log).toMatchObject([
      {
        ...{ severity: 'ERROR', outcome: 'failed', messageId: 'm42', messageType: 'OrderCreated' },
        error: { class: 'PermanentError', status: 400, code: error.code, pointer: error.source.pointer },
      },
    ]);
    expect(JSON.stringify(log)).toContain('Not today.');
  });

  test.each([400, 402, 405, 413, 415, 422])('(%i) is acknowledged by no handler', async (status) => {
    klaviyo.faults.add({ match: isWrite, times: Infinity, effect: { kind: 'status', status } });

    expect(await pushAll()).toEqual(all(500));
    await untilQuiet(klaviyo);
  });
});
