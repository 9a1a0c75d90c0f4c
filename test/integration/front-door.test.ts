import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { LARGEST_BODY } from '../../shared/front/body.ts';
import { pushBody } from '../doubles/delivery.ts';
import { fixture } from '../fixtures/index.ts';
import { functionForAll, functionForTest } from './support.ts';

const { url, klaviyo, push, post, log, started } = await functionForAll();

/** The status that a request is answered with. */
const statusOf = (path: string, method = 'GET') =>
  fetch(url + path, { method }).then(async (response) => {
    await response.arrayBuffer();
    return response.status;
  });

describe('whoever asks whether the process lives', () => {
  test.each(['/', '/healthz', '/?probe=1', '/healthz?x'])('hears that it does at %s', async (path) => {
    expect(await statusOf(path)).toBe(200);
    expect(await statusOf(path, 'HEAD')).toBe(200);
    expect(log).toEqual([]);
  });

  test.each([
    ['GET', '/favicon.ico', 404],
    ['HEAD', '/healthz/more', 404],
    ...['PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => [method, '/', 405] as const),
  ] as const)('%s %s is answered %i, without a line in the log', async (method, path, status) => {
    expect(await statusOf(path, method)).toBe(status);
    expect(log).toEqual([]);
  });
});

test('a connection may be idle for longer than Google’s proxies keep it', async () => {
  const response = await fetch(url);
  await response.arrayBuffer();
  expect(response.headers.get('keep-alive')).toBe('timeout=620');
});

describe('a plain push', () => {
  test.each(['/', '/projects/demo/topics/shop'])('to %s has its number of deliveries in the log', async (path) => {
    expect(await push(fixture('Event'), { path, deliveryAttempt: 4, messageId: 'm1' })).toBe(204);
    expect(log).toMatchObject([{ messageId: 'm1', outcome: 'ignored', deliveryAttempt: 4 }]);
  });

  test('that fails has it, too, and Google’s trace', async () => {
    klaviyo.faults.add({ times: Infinity, effect: { kind: 'status', status: 503 } });
    expect(await push(fixture('CategoryCreated'), { deliveryAttempt: 99 })).toBe(500);
    expect(log).toMatchObject([{ outcome: 'failed', deliveryAttempt: 99 }]);
  });

  test('with some of the headers of a CloudEvent is a plain one', async () => {
    const body = pushBody(fixture('Event'), { deliveryAttempt: 2 });
    expect(await post(body, { 'ce-id': '1', 'ce-type': 'google.cloud.pubsub.topic.v1.messagePublished' })).toBe(204);
    expect(log).toMatchObject([{ outcome: 'ignored', deliveryAttempt: 2 }]);
  });
});

/** Sends a body in pieces of a MiB, without saying how long it is; the status of the answer. */
const stream = (pieces: number, type = 'application/json') =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': type } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    for (let piece = 0; piece < pieces; piece++) sent.write(Buffer.alloc(1024 * 1024, ' '));
    sent.end(JSON.stringify(pushBody(fixture('Event'))));
  });

describe('a body', () => {
  test('of Pub/Sub’s largest message is read', async () => {
    const large = { ...fixture('Event'), filler: 'x'.repeat(10_000_000 - 1000) };
    expect(await push(large)).toBe(204);
  });

  test('that is larger is refused unread', async () => {
    expect(await post(' '.repeat(LARGEST_BODY + 1))).toBe(413);
    expect(log).toMatchObject([{ severity: 'WARNING' }]);
    expect(log).toHaveLength(1);
  });

  test('whose length is not told is counted', async () => {
    expect(await stream(13)).toBe(204);
    expect(await stream(30)).toBe(413);
    expect(log).toMatchObject([{ outcome: 'ignored' }, { severity: 'WARNING' }]);
  });

  test('whose length is not told ends nothing when its charset was refused before', async () => {
    expect(await stream(30, 'application/json; charset=none')).toBe(415);
    expect(await statusOf('/healthz')).toBe(200);
  });

  test('that is compressed is refused, as it may become any size', async () => {
    expect(await post(pushBody(fixture('Event')), { 'content-encoding': 'gzip' })).toBe(415);
  });
});

describe('a push without Pub/Sub’s token', () => {
  const pusher = {
    PUSH_AUDIENCE: 'https://sync.example.org',
    PUSH_SERVICE_ACCOUNT: 'push@demo.iam.gserviceaccount.com',
  };

  test('is refused where the environment asks for one, and health is told all the same', async () => {
    const own = await functionForTest(pusher);
    expect(await own.push(fixture('CategoryCreated'))).toBe(401);
    expect(await own.eventarc(fixture('CategoryCreated'))).toBe(401);
    expect(own.klaviyo.requests).toEqual([]);
    expect(own.log).toMatchObject([{ severity: 'WARNING' }, { severity: 'WARNING' }]);
    expect((await fetch(own.url)).status).toBe(200);
  });
});

describe('the line at the start', () => {
  test('tells what runs, where, and how it is set', () => {
    expect(started).toMatchObject([
      {
        ...{ severity: 'INFO', message: expect.stringContaining(url), port: Number(new URL(url).port) },
        ...{ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), projectKey: 'demo-shop', handlersOff: [] },
        settings: { locale: 'en-GB', prices: { country: 'DE', currency: 'EUR' }, catalog: { categoryCacheSeconds: 0 } },
      },
    ]);
    expect(JSON.stringify(started)).not.toMatch(/pk_|secret/);
  });

  test('names handlers that are off, and is followed by what looks wrong', async () => {
    const own = await functionForTest({
      KLAVIYO_SYNC_SETTINGS: '{"handlers":{"disabled":["refund"]}}',
      KLAVIYO_AUTH_KEY: 'wrong',
      CT_SCOPE: 'view_orders:demo-shop manage_customers:other-shop customer_id:4711',
    });
    const [line, ...doubts] = own.started;
    expect(line).toMatchObject({ handlersOff: ['refund'] });
    expect(doubts).toMatchObject([
      { severity: 'WARNING', message: expect.stringContaining('KLAVIYO_AUTH_KEY') },
      { severity: 'WARNING', message: expect.stringMatching(/CT_SCOPE.*demo-shop.*manage_customers:other-shop$/) },
    ]);
    expect(JSON.stringify(own.started)).not.toContain('wrong');
  });
});
