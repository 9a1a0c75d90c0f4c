import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { createKlaviyoClient } from '../../../shared/klaviyo/client.ts';
import { eventWriter } from '../../../shared/klaviyo/writers/events.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { settings } from '../support.ts';

let klaviyo: KlaviyoStandIn;
beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => klaviyo.reset());
afterEach(() => vi.restoreAllMocks());
afterAll(() => klaviyo.stop());

const event = (uniqueId: string) => ({
  ...{ metric: 'Placed Order', profile: { email: 'lena@example.org' }, uniqueId, properties: {} },
  ...{ time: '2026-05-04T18:21:07.512Z', value: 1, valueCurrency: 'EUR' },
});

/** Creates events at once, and returns how they went. */
async function sent(writer: ReturnType<typeof eventWriter>, ...ids: string[]) {
  const attempt = newAttempt(10_000);
  await runAttempt(attempt, () => Promise.all(ids.map((id) => writer.create(event(id)))));
  return attempt.events;
}

it.each([
  ['finds its pace again little by little', 1000, { single: 1, bulk: 4 }],
  ['is as if nothing had been, a minute', 61_000, { single: 5, bulk: 0 }],
])('the single way %s after a refusal', async (_, milliseconds, expected) => {
  const options = { klaviyo: { apiKey: klaviyo.apiKey, apiUrl: klaviyo.url }, settings: settings() };
  const writer = eventWriter(createKlaviyoClient(options).events, { bulk: 'when limited' });
  klaviyo.faults.add({ effect: { kind: 'status', status: 429, retryAfter: 0 } });
  expect(await sent(writer, 'a')).toMatchObject({ single: 0, bulk: 1 });

  const { now } = performance;
  vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + milliseconds);
  expect(await sent(writer, 'b', 'c', 'd', 'e', 'f')).toMatchObject(expected);
});
