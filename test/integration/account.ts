import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { settingsSchema } from '../../shared/config/settings.ts';
import { createPatience, type PatienceOptions } from '../../shared/history/patience.ts';
import type { EventGroup } from '../../shared/klaviyo/bulk/account.ts';
import { createAccount } from '../../shared/klaviyo/bulk/index.ts';
import { Written } from '../../shared/klaviyo/json.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';
import { settingsOf } from '../doubles/klaviyo/settings.ts';

/** A Klaviyo account of a file of tests, empty before each, and the bulk side of ours. */
export async function accountForAll() {
  const klaviyo = await startKlaviyo();
  beforeEach(() => {
    klaviyo.reset();
    Object.assign(klaviyo, settingsOf({}));
  });
  afterEach(() => expect(klaviyo.violations).toEqual([]));
  afterAll(() => klaviyo.stop());

  return {
    klaviyo,
    /** The account for a run; by default one that uses all of Klaviyo's limits and gives up after a minute. */
    account({ share = 1, ...how }: Partial<PatienceOptions> & { share?: number } = {}) {
      const patience = createPatience({ stop: new AbortController().signal, giveUpAfter: 60_000, ...how });
      const configuration = {
        klaviyo: { apiKey: klaviyo.apiKey, apiUrl: klaviyo.url },
        settings: settingsSchema.parse({}),
      };
      return createAccount(configuration, { patience, share });
    },
  };
}

/** The events of an order in history: it was placed at a time, and a product was ordered. */
export function orderOf(name: string, { email = `${name}@example.org`, time = '2025-06-01T12:00:00.000Z' } = {}) {
  const event = {
    time,
    backfill: true as const,
    value: 1,
    valueCurrency: 'EUR',
    properties: new Written({ id: name }),
  };
  const events = [
    { ...event, metric: 'Placed Order', uniqueId: name },
    { ...event, metric: 'Ordered Product', uniqueId: `${name}-1` },
  ];
  return { profile: { email }, events } satisfies EventGroup;
}
