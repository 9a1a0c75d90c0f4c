import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { createKlaviyoClient } from '../../../shared/klaviyo/client.ts';
import { stockWriter } from '../../../shared/klaviyo/writers/stock.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { settings } from '../support.ts';

let klaviyo: KlaviyoStandIn;
beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => klaviyo.reset());
afterAll(() => klaviyo.stop());

const STOCK = { inventoryQuantity: 3, inventoryPolicy: 1 } as const;

/** Sets the stock of one variant, in an attempt of so many milliseconds, while Klaviyo refuses every write for three seconds. */
function limited() {
  const client = createKlaviyoClient({
    klaviyo: { apiKey: klaviyo.apiKey, apiUrl: klaviyo.url },
    settings: settings(),
  });
  const effect = { kind: 'status', status: 429, retryAfter: 3 } as const;
  klaviyo.faults.add({ times: Number.POSITIVE_INFINITY, effect });
  const stock = stockWriter(client.catalogs);
  return (milliseconds: number) => runAttempt(newAttempt(milliseconds), () => stock.set('JEANS-IND-27', STOCK));
}

it('waits for another attempt no longer than its own time', async () => {
  const set = limited();
  const leader = set(10_000);
  await expect.poll(() => klaviyo.requests).toHaveLength(1);
  const [first, second] = await Promise.allSettled([leader, set(1500)]);
  expect(first).toMatchObject({ reason: { name: 'StalePlanError' } });
  expect(second).toMatchObject({ reason: { name: 'RetryableError', code: 'DEADLINE' } });
});
