import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { routes } from '../../doubles/klaviyo/routes.ts';
import { scopesOf } from '../../doubles/klaviyo/scopes.ts';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

const openApi = process.env.KLAVIYO_OPENAPI;
const operations = routes.map((route) => ({ ...route, operation: `${route.method} ${route.path}` }));

test.each(operations)('$operation needs a scope', (route) => {
  expect(scopesOf(route)).not.toEqual([]);
});

test.skipIf(!openApi)('with KLAVIYO_OPENAPI, the scopes are those of Klaviyo’s own document', () => {
  const { paths } = JSON.parse(readFileSync(openApi ?? '', 'utf8'));
  const documented = operations.map(({ method, path, operation }) => [
    operation,
    paths[path][method.toLowerCase()]['x-klaviyo-scopes'].toSorted(),
  ]);
  const ours = operations.map((route) => [route.operation, scopesOf(route).toSorted()]);

  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(documented));
});

test('no scope is guessed', () => {
  expect(() => scopesOf({ method: 'POST', path: '/api/campaigns' })).toThrow('no scope of POST /api/campaigns');
});

describe('a key', () => {
  let klaviyo: KlaviyoStandIn;

  beforeAll(async () => {
    klaviyo = await startKlaviyo();
  });
  beforeEach(() => {
    klaviyo.scopes = 'all';
  });
  afterAll(() => klaviyo.stop());

  const read = () => sdkFor(klaviyo).profiles.getProfiles();
  const write = () =>
    sdkFor(klaviyo).profiles.createProfile({ data: { type: 'profile', attributes: { email: 'ann@example.org' } } });

  test('may do everything', async () => {
    expect((await read()).response.status).toBe(200);
  });

  test('may do no more than its scopes say, and is told which one it lacks', async () => {
    klaviyo.scopes = ['profiles:read', 'events:write'];

    expect((await read()).response.status).toBe(200);
    await expect(write()).rejects.toMatchObject({
      response: {
        status: 403,
        data: { errors: [{ code: 'permission_denied', detail: expect.stringContaining('profiles:write') }] },
      },
    });
    expect(klaviyo.state.profiles.size).toBe(0);
  });
});
