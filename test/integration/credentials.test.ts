import { describe, expect, test } from 'vitest';
import type { FaultTarget } from '../doubles/faults.ts';
import { fixture } from '../fixtures/index.ts';
import { functionForAll, functionForTest } from './support.ts';

const { shop, push, log } = await functionForAll();

/** Read by one request at a time. */
const SMALL = fixture('ResourceCreated.inventory-entry');
const ofToken = ({ path }: FaultTarget) => path.startsWith('/oauth');
const ofResources = (request: FaultTarget) => !ofToken(request);

describe('refused credentials of commercetools fail at once and wake somebody', () => {
  const critical = { severity: 'CRITICAL', outcome: 'failed' };

  test.each([400, 401, 403])('%i of the token endpoint', async (status) => {
    const own = await functionForTest();
    own.shop.faults.add({ match: ofToken, times: Infinity, effect: { kind: 'status', status } });

    expect(await own.push(SMALL)).toBe(500);
    expect(own.shop.requests).toHaveLength(1);
    expect(own.log).toMatchObject([
      { ...critical, error: { status, message: expect.stringContaining('CT_API_CLIENT') } },
    ]);
  });

  test('a wrong secret', async () => {
    const own = await functionForTest({ CT_API_CLIENT: '{"clientId":"demo-client","secret":"other"}' });

    expect(await own.push(SMALL)).toBe(500);
    expect(own.log).toMatchObject([{ ...critical, error: { status: 401 } }]);
  });

  test('403 of a resource, which names the scope', async () => {
    shop.faults.add({ match: ofResources, times: Infinity, effect: { kind: 'status', status: 403 } });

    expect(await push(SMALL)).toBe(500);
    expect(shop.requests.filter(ofResources)).toHaveLength(1);
    expect(log).toMatchObject([{ ...critical, error: { status: 403, message: expect.stringContaining('CT_SCOPE') } }]);
  });

  test('401 of a resource, after one new token', async () => {
    await push(SMALL);
    shop.requests.length = 0;
    log.length = 0;
    shop.faults.add({ match: ofResources, times: Infinity, effect: { kind: 'status', status: 401 } });

    expect(await push(SMALL)).toBe(500);
    expect(shop.requests.filter(ofToken)).toHaveLength(1);
    expect(log).toMatchObject([{ ...critical, error: { status: 401 } }]);
  });

  test('but a token that was revoked is replaced without anybody noticing', async () => {
    await push(SMALL);
    shop.requests.length = 0;
    shop.faults.add({ match: ofResources, effect: { kind: 'status', status: 401 } });

    expect(await push(SMALL)).toBe(204);
    expect(shop.requests.slice(0, 3).map(({ status }) => status)).toEqual([401, 200, 200]);
    expect(shop.requests.filter(ofToken)).toHaveLength(1);
  });
});
