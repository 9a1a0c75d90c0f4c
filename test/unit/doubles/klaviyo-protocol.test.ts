import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

let klaviyo: KlaviyoStandIn;

beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => klaviyo.reset());
afterAll(() => klaviyo.stop());

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Klaviyo-API-Key ${klaviyo.apiKey}`, revision: '2026-07-15' };
  return fetch(klaviyo.url + path, { headers, ...init });
}

const filtered = (filter: string) => ask(`/api/profiles?filter=${encodeURIComponent(filter)}`);

async function emailsBy(filter: string): Promise<string[]> {
  const body: { data: { attributes: { email: string } }[] } = JSON.parse(await (await filtered(filter)).text());
  return body.data.map(({ attributes }) => attributes.email);
}

describe('refusals', () => {
  test.each([
    ['no credentials', 401, '/api/profiles', { headers: { revision: '2026-07-15' } }],
    ['a wrong key', 401, '/api/profiles', { headers: { revision: '2026-07-15', authorization: 'Klaviyo-API-Key x' } }],
    ['an unknown path', 404, '/api/nonsense', {}],
    ['a method that is not there', 405, '/api/profiles', { method: 'DELETE' }],
    ['a page size beyond 100', 400, '/api/profiles?page[size]=101', {}],
    ['a cursor it did not give out', 400, '/api/profiles?page[cursor]=zzz', {}],
    ['a parameter it does not know', 400, '/api/profiles?pagesize=1', {}],
    ['a body that is not JSON', 400, '/api/profiles', { method: 'POST', body: '{' }],
  ])('%s', async (_what, status, path, init) => {
    const response = await ask(path, init);

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/vnd.api+json');
    expect(await response.json()).toMatchObject({
      errors: [{ id: expect.any(String), status, code: expect.any(String), detail: expect.any(String) }],
    });
  });

  test('a request without a revision', async () => {
    const response = await ask('/api/profiles', { headers: { authorization: `Klaviyo-API-Key ${klaviyo.apiKey}` } });

    expect(response.status).toBe(400);
  });
});

describe('filters', () => {
  beforeEach(async () => {
    for (const email of ['ann@example.org', "o'neil@example.org", 'a"b\\c@example.org']) {
      await sdkFor(klaviyo).profiles.createProfile({ data: { type: 'profile', attributes: { email } } });
    }
  });

  test.each([
    ['double quotes', 'equals(email,"ann@example.org")', ['ann@example.org']],
    ['single quotes', "equals(email,'ann@example.org')", ['ann@example.org']],
    ['the other quote inside', `equals(email,"o'neil@example.org")`, ["o'neil@example.org"]],
    ['an escaped quote', `equals(email,'o\\'neil@example.org')`, ["o'neil@example.org"]],
    ['escaped quote and backslash', 'equals(email,"a\\"b\\\\c@example.org")', ['a"b\\c@example.org']],
    ['any', `any(email,["ann@example.org",'o\\'neil@example.org'])`, ['ann@example.org', "o'neil@example.org"]],
    ['nobody', 'equals(external_id,"ann")', []],
    ['two conditions', 'equals(email,"ann@example.org"),equals(external_id,"x")', []],
  ])('%s', async (_what, filter, emails) => {
    expect(await emailsBy(filter)).toEqual(emails);
  });

  test.each([
    ['an unescaped quote', "equals(email,'o'neil@example.org')"],
    ['no quotes around an address with a comma', 'equals(email,a,b)'],
    ['an unknown field', 'equals(shoe_size,"42")'],
    ['an operator the field does not have', 'contains(email,"ann")'],
    ['any without a list', 'any(email,"ann@example.org")'],
    ['nothing', ''],
    ['something after the end', 'equals(email,"ann@example.org") and more'],
  ])('refuses %s', async (_what, filter) => {
    expect((await filtered(filter)).status).toBe(400);
  });
});

test('pages are read to the end by the SDK, also when records vanish on the way', async () => {
  const { profiles } = sdkFor(klaviyo);
  for (let index = 0; index < 25; index += 1) {
    await profiles.createProfile({ data: { type: 'profile', attributes: { externalId: `c${index}` } } });
  }
  const first = await profiles.getProfiles();
  for (const { id } of first.body.data) klaviyo.state.profiles.delete(id ?? '');
  const second = await profiles.getProfiles({ pageCursor: first.body.links?.next ?? '' });

  expect(first.body.data).toHaveLength(20);
  expect(second.body.data.map(({ attributes }) => attributes.externalId)).toEqual(['c20', 'c21', 'c22', 'c23', 'c24']);
  expect(second.body.links?.next ?? undefined).toBeUndefined();
});

test('an overfull account answers as told, and forgets it on reset', async () => {
  klaviyo.faults.add({ times: 2, effect: { kind: 'status', status: 429, retryAfter: 1 } });
  const refused = await ask('/api/profiles');
  klaviyo.reset();

  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect((await ask('/api/profiles')).status).toBe(200);
});

test('people can read what it is and what it knows', async () => {
  await sdkFor(klaviyo).profiles.createProfile({ data: { type: 'profile', attributes: { externalId: 'c1' } } });

  expect(await (await fetch(klaviyo.url)).text()).toContain('stand-in');
  expect(await (await fetch(`${klaviyo.url}/-/state`)).json()).toMatchObject({
    profiles: [{ external_id: 'c1' }],
    events: [],
    items: [],
  });
});
