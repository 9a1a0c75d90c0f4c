import { describe, expect, test } from 'vitest';
import type { FaultTarget } from '../doubles/faults.ts';
import { fixture } from '../fixtures/index.ts';
import { functionForAll, functionForTest } from './support.ts';

const limits = (attemptSeconds: number, requestSeconds: number) => ({
  KLAVIYO_SYNC_SETTINGS: JSON.stringify({ limits: { attemptSeconds, requestSeconds } }),
});
const hang = { kind: 'hang' } as const;
const ofToken = ({ path }: FaultTarget) => path.startsWith('/oauth');
const timedOut = { severity: 'WARNING', outcome: 'failed', error: { class: 'RetryableError' } };

const { klaviyo, shop, push, log } = await functionForAll(limits(20, 1));

describe('a hang', () => {
  test.each(['klaviyo', 'commercetools'])('of %s that passes is survived within the attempt', async (side) => {
    const { faults } = side === 'klaviyo' ? klaviyo : shop;
    faults.add({ effect: hang });

    expect(await push(fixture('CategoryCreated'))).toBe(204);
    expect(klaviyo.state.categories).toHaveLength(1);
  });

  test.each(['klaviyo', 'commercetools'])('of %s that lasts is not acknowledged', async (side) => {
    const { faults } = side === 'klaviyo' ? klaviyo : shop;
    faults.add({ times: Infinity, effect: hang });

    expect(await push(fixture('CategoryCreated'))).toBe(500);
    expect(log).toMatchObject([timedOut]);
    faults.clear();
    expect(await push(fixture('CategoryCreated'))).toBe(204);
  });

  test('of the token endpoint holds up no message that waits for it', async () => {
    const own = await functionForTest(limits(20, 1));
    const five = () => Promise.all(Array.from({ length: 5 }, () => own.push(fixture('CategoryCreated'))));
    own.shop.faults.add({ match: ofToken, times: Infinity, effect: hang });

    expect(await five()).toEqual(Array(5).fill(500));
    expect(own.log[0]).toMatchObject(timedOut);
    own.shop.faults.clear();
    expect(await five()).toEqual(Array(5).fill(204));
  });
});

describe('the deadline of an attempt', () => {
  test.each(['klaviyo', 'commercetools'] as const)('ends a hang of %s though a request might go on', async (side) => {
    const own = await functionForTest(limits(1, 1));
    const { faults } = side === 'klaviyo' ? own.klaviyo : own.shop;
    faults.add({ times: Infinity, effect: hang });

    expect(await own.push(fixture('OrderCreated'))).toBe(500);
    expect(own.log).toMatchObject([timedOut]);
  });

  test('ends a plan of many slow calls, and the next attempt may finish it', async () => {
    const own = await functionForTest(limits(2, 2));
    own.klaviyo.latency = 600;
    expect(await own.push(fixture('ProductPublished'))).toBe(500);
    expect(own.log).toMatchObject([timedOut]);

    own.klaviyo.latency = 0;
    expect(await own.push(fixture('ProductPublished'))).toBe(204);
    expect(own.klaviyo.state.variants).toHaveLength(6);
  });
});

describe('nobody there', () => {
  test.each([
    ['a port that is closed', () => 'http://127.0.0.1:1'],
    ['no TLS where it should be', (of: string) => of.replace('http:', 'https:')],
    ['a name that does not exist', () => 'http://shop.invalid'],
  ])('%s', async (_, url) => {
    const both = { KLAVIYO_API_URL: url(klaviyo.url), CT_API_URL: url(shop.url) };
    for (const urls of [both, { CT_AUTH_URL: url(shop.url) }]) {
      const own = await functionForTest({ ...limits(20, 5), ...urls });
      const names = urls === both ? ['CustomerCreated', 'CategoryCreated'] : ['CategoryCreated'];
      expect(await Promise.all(names.map((name) => own.push(fixture(name))))).toEqual(names.map(() => 500));
      for (const line of own.log) expect(line).toMatchObject({ error: { class: 'RetryableError' } });
    }
  });
});
