import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

// Klaviyo's document is too large to keep here: download it and name the file in KLAVIYO_OPENAPI to run these.
const openApi = process.env.KLAVIYO_OPENAPI;

describe.skipIf(!openApi)('with KLAVIYO_OPENAPI, requests are checked by Klaviyo’s own document', () => {
  let klaviyo: KlaviyoStandIn;

  beforeEach(async () => {
    klaviyo = await startKlaviyo({ openApi });
  });
  afterEach(() => klaviyo.stop());

  async function send(method: string, path: string, body?: unknown): Promise<number> {
    const headers = { authorization: `Klaviyo-API-Key ${klaviyo.apiKey}`, revision: '2026-07-15' };
    const response = await fetch(klaviyo.url + path, { method, headers, body: body ? JSON.stringify(body) : null });
    return response.status;
  }

  const metric = { data: { type: 'metric', attributes: { name: 'Placed Order' } } } as const;
  const profile = { data: { type: 'profile', attributes: { email: 'ann@example.org' } } } as const;
  const properties = { anything: { goes: [1, null] } };

  const event = (attributes: object) => ({
    data: { type: 'event', attributes: { metric, profile, properties, ...attributes } },
  });

  test('what the SDK sends is allowed', async () => {
    const { profiles, events } = sdkFor(klaviyo);
    await profiles.createOrUpdateProfile({
      data: { type: 'profile', attributes: { externalId: 'c1', lastName: null, properties: { a: [1, 2] } } },
    });
    await profiles.getProfiles({
      filter: 'equals(external_id,"c1")',
      fieldsProfile: ['email', 'phone_number'],
      pageSize: 1,
    });

    const one = { type: 'event', attributes: { metric, properties } } as const;
    await events.bulkCreateEvents({
      data: {
        type: 'event-bulk-create-job',
        attributes: {
          eventsBulkCreate: {
            data: [{ type: 'event-bulk-create', attributes: { profile, events: { data: [one] } } }],
          },
        },
      },
    });

    expect(await send('POST', '/api/events', event({ value: null }))).toBe(202);
    expect(klaviyo.violations).toEqual([]);
  });

  test.each([
    ['POST', '/api/events', event({ value: '12' }), 'POST /api/events /data/attributes/value: must be number,null'],
    [
      ...(['POST', '/api/events', event({ uniqueId: 'o1' })] as const),
      "POST /api/events /data/attributes/uniqueId: is not in Klaviyo's OpenAPI document",
    ],
    ['POST', '/api/events', event({ metric: undefined }), 'POST /api/events /data/attributes/metric: is required'],
    [
      ...(['POST', '/api/events', event({ time: 'yesterday' })] as const),
      'POST /api/events /data/attributes/time: must match format "date-time"',
    ],
    [...(['GET', '/api/profiles?page[size]=101', undefined] as const), 'GET /api/profiles ?page[size]: must be <= 100'],
    [
      ...(['GET', '/api/profiles?include=orders', undefined] as const),
      'GET /api/profiles ?include/0: must be one of ["conversations","push-tokens"]',
    ],
    [
      ...(['GET', '/api/catalog-items?page[number]=2', undefined] as const),
      "GET /api/catalog-items ?page[number]: is not in Klaviyo's OpenAPI document",
    ],
    [
      ...(['PATCH', '/api/catalog-items/x', { data: { type: 'item', id: 'x', attributes: {} } }] as const),
      'PATCH /api/catalog-items/x /data/type: must be one of ["catalog-item"]',
    ],
  ])('%s %s with something else is refused and reported', async (method, path, body, violation) => {
    expect(await send(method, path, body)).toBe(400);
    expect(klaviyo.violations).toEqual([violation]);
  });
});

test('without the document nothing is reported', async () => {
  const klaviyo = await startKlaviyo({ openApi: '' });
  await fetch(`${klaviyo.url}/api/profiles?include=orders`);
  await klaviyo.stop();

  expect(klaviyo.violations).toEqual([]);
});
