import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { pushBody } from '../doubles/delivery.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';
import { startShop } from '../doubles/shop/index.ts';
import { fixture } from '../fixtures/index.ts';
import { LISTENING, portsOf } from './listening.ts';
import { good, JSON_TYPE, serve } from './served.ts';

const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
beforeEach(() => klaviyo.reset());
afterAll(() => Promise.all([shop.stop(), klaviyo.stop()]));

test('an unexpected method or type of content is refused, and nothing is written', async () => {
  const { request, expectWell } = await serve(shop, klaviyo);
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect(await request(method, good), method).toBeGreaterThanOrEqual(400);
  for (const type of [
    'text/plain',
    'text/html',
    'application/xml',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'image/png',
    'multipart/form-data',
    'nonsense',
    'application/json; charset=nonsense',
  ]) {
    expect(await request('POST', good, { 'content-type': type }), type).toBeGreaterThanOrEqual(400);
  }
  expect(await request('POST', good, { ...JSON_TYPE, 'content-encoding': 'nonsense' })).toBe(415);
  expect(await request('POST', good, { ...JSON_TYPE, 'content-encoding': 'gzip' })).toBeGreaterThanOrEqual(400);
  expect(klaviyo.requests).toEqual([]);
  await expectWell();
});

describe('a body that is too much is refused', () => {
  test('without being kept, when it is over the limit of the framework', async () => {
    const { open, expectWell } = await serve(shop, klaviyo);
    const socket = open();
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2000000000\r\n\r\n');
    const [piece, pieces] = [Buffer.alloc(8 * 1024 * 1024, '['), 90];
    for (let sent = 0; sent < pieces && !socket.destroyed; sent++)
      if (!socket.write(piece)) await once(socket, 'drain');
    await expectWell();
  });

  test('when it is as large as Cloud Run lets through, also compressed', async () => {
    const { request, expectWell } = await serve(shop, klaviyo);
    const size = 32 * 1024 * 1024;
    const bodies = [
      `{"message":{"data":"${'A'.repeat(size)}"}}`,
      `{"message":[${'0,'.repeat(size / 2)}0]}`,
      '['.repeat(size),
    ];

    for (const body of bodies) expect(await request('POST', body)).toBeGreaterThanOrEqual(400);
    expect(await request('POST', gzipSync(bodies[0] ?? ''), { ...JSON_TYPE, 'content-encoding': 'gzip' })).toBe(415);
    await expectWell();
  });

  test('also in headers', async () => {
    const { open, expectWell } = await serve(shop, klaviyo);
    const socket = open();
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);

    expect(await text(socket)).toMatch(/^HTTP\/1.1 431 /);
    await expectWell();
  });
});

test('what is not HTTP is refused', async () => {
  const { open, expectWell } = await serve(shop, klaviyo);
  for (const bytes of [
    'nonsense\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001',
    'POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
  ]) {
    const socket = open();
    socket.write(bytes);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /);
  }
  await expectWell();
});

test('an order of 9 MB is synced within the memory that there is', async () => {
  const { request, expectWell } = await serve(shop, klaviyo);
  const payload = fixture('OrderCreated');
  const order = Object(payload.order);
  const [lineItem] = order.lineItems;
  const lineItems = Array.from({ length: 500 }, (_, index) => ({
    ...lineItem,
    id: `line-${index}`,
    note: 'x'.repeat(16_000),
  }));
  const body = JSON.stringify(pushBody({ ...payload, order: { ...order, lineItems } }));

  expect(await Promise.all([request('POST', body), request('POST', body)])).toEqual([204, 204]);
  expect(klaviyo.eventsOf('Ordered Product')).toHaveLength(500);
  await expectWell();
});

test('clients that are slow, or vanish, hold up nobody', async () => {
  const { open, expectWell } = await serve(shop, klaviyo);
  const sockets = Array.from({ length: 200 }, open);
  for (const [index, socket] of sockets.entries()) {
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
    if (index % 2 === 0) socket.write(`Content-Length: ${good.length}\r\n\r\n${good.slice(0, good.length / 2)}`);
  }
  await sleep(200);
  await expectWell();

  for (const socket of sockets) socket.destroy();
  await sleep(200);
  await expectWell();
});

test.skipIf(process.platform !== 'linux')('nothing listens but the one port, and no datagram is awaited', async () => {
  const { port, pid, expectWell } = await serve(shop, klaviyo);
  await expectWell();

  expect(portsOf(pid, ['tcp', 'tcp6'], LISTENING)).toEqual([port]);
  expect(portsOf(pid, ['udp', 'udp6'])).toEqual([]);
});
