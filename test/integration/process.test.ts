import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { VERSION } from '../../shared/version.ts';
import { pushBody } from '../doubles/delivery.ts';
import { freePort } from '../doubles/free-port.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';
import { startShop } from '../doubles/shop/index.ts';
import { fixture, fixtureText } from '../fixtures/index.ts';
import { processForTest } from './child.ts';
import { environmentFor } from './support.ts';

const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
beforeEach(async () => {
  klaviyo.reset();
  await shop.reset();
});
afterAll(() => Promise.all([shop.stop(), klaviyo.stop()]));

const push = async (port: string, payload: unknown, messageId = '1'): Promise<number> => {
  const response = await fetch(`http://127.0.0.1:${port}/projects/demo/topics/shop`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(pushBody(payload, { messageId })),
    signal: AbortSignal.timeout(25_000),
  });
  await response.arrayBuffer();
  return response.status;
};

const somePort = async () => String(await freePort());

/** Starts a process, at a free port unless the environment names one. */
async function serve(environment: Record<string, string | undefined> = {}) {
  const port = environment.PORT ?? environment.PUB_SUB_PORT ?? (await somePort());
  const variables = environmentFor(shop, klaviyo, { PORT: '', PUB_SUB_PORT: port, ...environment });
  const process = await processForTest(variables, Number(port));
  await process.untilServing();
  return {
    ...process,
    push: (payload: unknown, messageId?: string) => push(port, payload, messageId),
    terminate: () => process.kill('SIGTERM'),
  };
}

describe('a wrong environment ends the process with every problem told at once', () => {
  test('when nothing is set', async () => {
    const { exit, output } = await processForTest({});

    expect(await exit).toBe(1);
    for (const name of [
      'CT_API_URL',
      'CT_AUTH_URL',
      'CT_PROJECT_ID',
      'CT_SCOPE',
      'CT_API_CLIENT',
      'KLAVIYO_AUTH_KEY',
    ]) {
      expect(output()).toContain(name);
    }
  });

  test('when much is wrong, without a value', async () => {
    const settings = { metrics: { placedOrder: 7 }, unknownKey: 1, handlers: { disabled: ['nobody'] } };
    const wrong = {
      ...{ CT_API_URL: 'ftp://private', CT_API_CLIENT: '{"secret":"private"}', APP_TYPE: 'BULK_IMPORT' },
      ...{ LOG_LEVEL: 'loud', PUB_SUB_PORT: 'private', PRODUCT_URL_TEMPLATE: 'https://{{private}}' },
      ...{ PREFERRED_CURRENCY: 'private', KLAVIYO_SYNC_SETTINGS: JSON.stringify(settings) },
    };
    const { exit, output } = await processForTest(environmentFor(shop, klaviyo, wrong));

    expect(await exit).toBe(1);
    for (const name of [...Object.keys(wrong), 'placedOrder', 'unknownKey', 'disabled'])
      expect(output()).toContain(name);
    for (const secret of ['private', klaviyo.apiKey, shop.clientSecret]) expect(output()).not.toContain(secret);
  });
});

describe('the port', () => {
  test('is PUB_SUB_PORT where there is no PORT', async () => {
    const { push } = await serve({ PUB_SUB_PORT: await somePort() });
    expect(await push(fixture('Event'))).toBe(204);
  });

  test('is PORT where there are both', async () => {
    const { push } = await serve({ PORT: await somePort(), PUB_SUB_PORT: await somePort() });
    expect(await push(fixture('Event'))).toBe(204);
  });
});

describe('a start', () => {
  test('says where it serves, to this machine only', async () => {
    const { port, wholeLog } = await serve();
    await expect.poll(wholeLog).toHaveLength(1);
    expect(wholeLog()).toMatchObject([{ message: `serving demo-shop at http://127.0.0.1:${port}`, port }]);
    expect(wholeLog()[0]).toHaveProperty('version', VERSION);
    expect(wholeLog()[0]).toHaveProperty('commit', expect.stringMatching(/^[0-9a-f]{12}\+?$/));
  });

  test('listens to all interfaces where HOST says so, as in the container', async () => {
    const { port, push, wholeLog } = await serve({ HOST: '0.0.0.0' });
    await expect.poll(wholeLog).toMatchObject([{ message: `serving demo-shop at http://0.0.0.0:${port}` }]);
    expect(await push(fixture('Event'))).toBe(204);
  });

  test('on a port that is taken says so in a line, and ends', async () => {
    const { port } = await serve();
    const { exit, output } = await processForTest(environmentFor(shop, klaviyo), port);
    expect(await exit).toBe(1);
    expect(output().trim().split('\n')).toEqual([expect.stringContaining(`port ${port} is taken`)]);
  });
});

test('GET says that the built function lives, and nothing is logged', async () => {
  const { url, log } = await serve();
  for (const path of ['/', '/healthz']) expect((await fetch(url + path)).status).toBe(200);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    expect([404, 405]).toContain((await fetch(`${url}/other`, { method })).status);
  }
  expect(log()).toEqual([]);
});

test('the built function syncs, and its log names the classes of errors', async () => {
  const { push, log, output } = await serve({ CT_SCOPE: undefined, CT_SCOPES: shop.scope });
  expect(await push(fixture('OrderCreated'), 'good')).toBe(204);
  expect(klaviyo.eventsOf('Ordered Product')).toHaveLength(2);

  expect(await push(fixtureText('invalid/OrderCreated.wrong-money.json'), 'malformed')).toBe(500);
  for (const status of [503, 403, 400]) {
    klaviyo.faults.add({ times: Infinity, effect: { kind: 'status', status } });
    expect(await push(fixture('CategoryCreated'), String(status))).toBe(500);
    klaviyo.faults.clear();
  }
  await expect.poll(() => log()).toHaveLength(5);
  expect(log()).toMatchObject([
    { messageId: 'good', severity: 'INFO', outcome: 'synced' },
    { messageId: 'malformed', severity: 'ERROR', error: { class: 'InvalidMessageError' } },
    { messageId: '503', severity: 'WARNING', error: { class: 'RetryableError' } },
    { messageId: '403', severity: 'CRITICAL', error: { class: 'CredentialsError' } },
    { messageId: '400', severity: 'ERROR', error: { class: 'PermanentError' } },
  ]);
  expect(output()).not.toMatch(/lena|brandt|pk_sandbox|demo-secret/i);
});

test('what cannot be parsed does not end the process, nor is it printed', async () => {
  const { port, push, output } = await serve();
  const headers = { 'content-type': 'application/json' };
  for (const body of ['{"email":"lena@example.org"', '[\n at lena@example.org', 'lena@example.org']) {
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body });
    expect(status).toBeGreaterThanOrEqual(400);
  }

  expect(await push(fixture('Event'))).toBe(204);
  expect(output()).not.toContain('lena');
});

describe('SIGTERM', () => {
  test('lets a message in flight be finished, answered and logged', async () => {
    const { push, log, exit, terminate } = await serve();
    klaviyo.faults.add({ effect: { kind: 'slow', milliseconds: 1500 } });
    const answer = push(fixture('CategoryCreated'), 'last');
    await expect.poll(() => klaviyo.requests).not.toEqual([]);
    terminate();

    expect(await answer).toBe(204);
    expect(await exit).toBe(0);
    expect(klaviyo.state.categories).toHaveLength(1);
    expect(log()).toMatchObject([{ messageId: 'last', outcome: 'synced' }]);
  });

  test('does not acknowledge what does not finish in time, and logs it', async () => {
    const { push, log, exit, terminate } = await serve();
    klaviyo.faults.add({ times: Infinity, effect: { kind: 'hang' } });
    const answer = push(fixture('CategoryCreated'), 'cut short').catch(() => 'cut');
    await expect.poll(() => klaviyo.requests).not.toEqual([]);
    terminate();

    expect(['cut', 500]).toContain(await answer);
    await exit;
    const error = { class: 'RetryableError', message: expect.stringContaining('told to stop') };
    expect(log()).toMatchObject([{ messageId: 'cut short', outcome: 'failed', error }]);
  });

  test.each([0, 1])('ends a process that has nothing to do, after %i messages', async (count) => {
    const { push, exit, terminate } = await serve();
    for (let message = 0; message < count; message++) await push(fixture('Event'));
    terminate();

    expect(await exit).toBe(0);
  });
});
