import diagnostics from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { OpenAPIBackend } from 'openapi-backend';
import { expect, test } from 'vitest';
import type { RecordedRequest } from '../doubles/http.ts';
import { isSingleEvent } from '../doubles/klaviyo/events.ts';
import { fixture, fixtureNames } from '../fixtures/index.ts';
import { worldForAll } from './world.ts';

const openApi = process.env.KLAVIYO_OPENAPI;
const { klaviyo, deliver } = await worldForAll();

/** The headers of every call to Klaviyo that is made meanwhile: those to commercetools tell no revision. */
async function headersOf(work: () => Promise<void>): Promise<Record<string, string>[]> {
  const seen: Record<string, string>[] = [];
  const note = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    seen.push(Object.fromEntries(Object.entries(request.getHeaders()).map(([name, value]) => [name, String(value)])));
  };
  diagnostics.subscribe('http.client.request.start', note);
  await work().finally(() => diagnostics.unsubscribe('http.client.request.start', note));
  return seen.filter(({ revision }) => revision);
}

/**
 * A validator that is not ours, for Klaviyo's document. It knows bodies by one media type only, which is not Klaviyo's, and
 * no `nullable` without a type: without it the document is stricter, and we send no null there.
 */
function validatorOf(file: string): OpenAPIBackend {
  const text = readFileSync(file, 'utf8').replaceAll('application/vnd.api+json', 'application/json');
  const definition = JSON.parse(text, (_key, value) => {
    const isUntyped = value?.nullable === true && !('type' in value);
    return isUntyped ? { ...value, nullable: undefined } : value;
  });
  return new OpenAPIBackend({ definition, quick: true, ajvOpts: { strict: false, logger: false } });
}

test.skipIf(!openApi)('a validator that is not ours finds every request of every fixture valid', async () => {
  const [headers] = await headersOf(async () => {
    for (const name of [...fixtureNames(), ...fixtureNames().reverse()]) await deliver(fixture(name));
    klaviyo.faults.add({ match: isSingleEvent, effect: { kind: 'status', status: 429, retryAfter: 1 } });
    await deliver(fixture('OrderCreated'));
  });
  expect(headers).toMatchObject({ revision: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });

  const validator = validatorOf(openApi ?? '');
  await validator.init();
  const findings = ({ method, path, body }: Pick<RecordedRequest, 'method' | 'path' | 'body'>): string[] => {
    const { pathname, searchParams } = new URL(path, klaviyo.url);
    const query = Object.fromEntries(searchParams);
    const request = {
      method,
      path: pathname,
      query,
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    };
    const { errors } = validator.validateRequest(request, validator.matchOperation(request));
    return (errors ?? []).map(({ instancePath, message }) => `${method} ${pathname}${instancePath}: ${message}`);
  };

  const called = klaviyo.requests.map(({ method, path }) => `${method} ${path.split(/[/?]/)[2]}`);
  expect([...new Set(called)].sort()).toEqual([
    ...['DELETE catalog-categories', 'DELETE catalog-items', 'GET catalog-categories', 'GET catalog-items'],
    ...['GET profiles'],
    ...['PATCH catalog-categories', 'PATCH catalog-items', 'PATCH catalog-variants', 'PATCH profiles'],
    ...['POST catalog-categories', 'POST catalog-items', 'POST catalog-variants'],
    ...['POST event-bulk-create-jobs', 'POST events', 'POST profiles'],
  ]);
  expect(klaviyo.requests.flatMap(findings)).toEqual([]);

  // And it would tell: the same requests about nothing that Klaviyo knows.
  const wrong = klaviyo.requests
    .filter(({ body }) => body)
    .map((request) => ({ ...request, body: { data: { type: 'nothing' } } }));
  expect(wrong.filter((request) => findings(request).length === 0)).toEqual([]);
});
