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

/** Sets the stock of one variant, in an attempt of so many milliseconds, while Klaviyo refuses the first write for a second. */
function limited() {
  const client = createKlaviyoClient({
    klaviyo: { apiKey: klaviyo.apiKey, apiUrl: klaviyo.url },
    settings: settings(),
  });
  klaviyo.faults.add({ effect: { kind: 'status', status: 429, retryAfter: 1 } });
  const stock = stockWriter(client.catalogs);
  return (milliseconds: number) => runAttempt(newAttempt(milliseconds), () => stock.set('JEANS-IND-27', STOCK));
}

it('waits for another attempt no longer than its own time', async () => {
  const set = limited();
  const leader = set(10_000);
  await expect.poll(() => klaviyo.requests).toHaveLength(1);
  const [first, second] = await Promise.allSettled([leader, set(200)]);
  expect(first).toMatchObject({ reason: { name: 'StalePlanError' } });
  expect(second).toMatchObject({ reason: { name: 'RetryableError', code: 'DEADLINE' } });
});
