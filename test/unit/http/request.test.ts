import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { send } from '../../../shared/http/request.ts';
import { withRetries } from '../../../shared/http/retry.ts';
import { freePort } from '../../doubles/free-port.ts';
import { rejectionOf } from '../support.ts';

const LONG = 60_000;

/** A server that the test ends; `connections` counts those that were opened. */
async function listen(answer: RequestListener) {
  const server = createServer(answer);
  const opened = { connections: 0 };
  server.on('connection', () => {
    opened.connections++;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, opened, server };
}

const get = (url: string, milliseconds = LONG) =>
  send('klaviyo', { method: 'GET', url, headers: {}, body: undefined }, milliseconds);
const ok: RequestListener = (_, response) => response.end('{}');

describe('send', () => {
  it('gives status, headers and body, and follows no redirect', async () => {
    const { url } = await listen((_, response) =>
      response.writeHead(302, { Location: '/', 'X-Left': '7' }).end('Grüße'),
    );
    expect(await get(url)).toMatchObject({ status: 302, headers: { location: '/', 'x-left': '7' }, body: 'Grüße' });
  });

  it('gives an empty body where there is none', async () => {
    const { url } = await listen((_, response) => response.writeHead(204).end());
    expect(await get(url)).toMatchObject({ status: 204, body: '' });
  });

  it('refuses a URL that no server takes, without a try', async () => {
    const { url, opened } = await listen(ok);
    const attempt = newAttempt(LONG);
    const answer = await runAttempt(attempt, () => get(`${url}?sku=${'x'.repeat(20_000)}`));
    expect([answer.status, opened.connections, attempt.calls.klaviyo]).toEqual([414, 0, 0]);
  });

  it('puts a text together that came in parts', async () => {
    const [first, second] = [Buffer.from('ü').subarray(0, 1), Buffer.from('ü').subarray(1)];
    const { url } = await listen((_, response) => {
      response.write(first, () => setImmediate(() => response.end(second)));
    });
    expect((await get(url)).body).toBe('ü');
  });

  it('sends what it is told, with its length, and asks for no compression', async () => {
    const seen: Partial<IncomingMessage & { body: string }>[] = [];
    const { url } = await listen(async (request, response) => {
      const { method, headers } = request;
      seen.push({ method, url: request.url, headers, body: await text(request) });
      response.end();
    });
    const headers = { 'Content-Type': 'application/json' };
    await send('klaviyo', { method: 'POST', url: `${url}/a?b=c%20d`, headers, body: '{"a":"ü"}' }, LONG);
    await get(url);
    expect(seen).toMatchObject([
      { method: 'POST', url: '/a?b=c%20d', headers: { 'content-type': 'application/json', 'content-length': '10' } },
      { method: 'GET', url: '/' },
    ]);
    expect(seen[0]?.body).toBe('{"a":"ü"}');
    expect(seen.map(({ headers }) => headers?.['accept-encoding'])).toEqual([undefined, undefined]);
  });

  it('counts each try with its service', async () => {
    const { url } = await listen(ok);
    const attempt = newAttempt(LONG);
    await runAttempt(attempt, () => get(url));
    expect(attempt.calls).toEqual({ commercetools: 0, klaviyo: 1 });
  });

  it('begins nothing when the attempt has no time left', async () => {
    const { url, opened } = await listen(ok);
    const error = await rejectionOf(runAttempt(newAttempt(0), () => get(url)));
    expect(error).toMatchObject({ code: 'DEADLINE' });
    expect(opened.connections).toBe(0);
  });
});

describe('a try ends in time', () => {
  it.each<[string, RequestListener]>([
    ['no answer comes', () => {}],
    ['the body does not end', (_, response) => response.writeHead(200, { 'Content-Length': 4 }).write('{')],
  ])('when %s', async (_, answer) => {
    const { url } = await listen(answer);
    expect(await rejectionOf(get(url, 100))).toMatchObject({ name: 'RetryableError', code: 'TimeoutError' });
  });

  it('and gives its connection up', async () => {
    const closed = Promise.withResolvers<unknown>();
    const { url } = await listen(({ socket }) => socket.once('close', closed.resolve));
    await rejectionOf(get(url, 100));
    await closed.promise;
  });

  it('at the deadline of the attempt, if that is nearer', async () => {
    const { url } = await listen(() => {});
    const error = await rejectionOf(runAttempt(newAttempt(100), () => get(url)));
    expect(error).toMatchObject({ code: 'TimeoutError' });
  });
});

describe('no whole answer', () => {
  it.each<[string, RequestListener]>([
    ['before the answer', ({ socket }) => socket.destroy()],
    [
      'amid the body',
      ({ socket }, response) => {
        response.writeHead(200, { 'Content-Length': 4 }).write('{', () => socket.destroy());
      },
    ],
  ])('is retryable: a reset %s', async (_, answer) => {
    const { url } = await listen(answer);
    const error = await rejectionOf(get(url));
    expect(error).toMatchObject({ name: 'RetryableError', message: 'Klaviyo did not answer: ECONNRESET' });
  });

  it('is retryable: nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(await rejectionOf(get(url))).toMatchObject({ name: 'RetryableError', code: 'ECONNREFUSED' });
  });

  it('leaves an error that holds nothing of the call', async () => {
    const url = `http://127.0.0.1:${await freePort()}/secret`;
    const call = { method: 'POST', url, headers: { Authorization: 'secret' }, body: 'secret' };
    const error = await rejectionOf(send('commercetools', call, LONG));
    expect(error).toMatchObject({ message: 'commercetools did not answer: ECONNREFUSED' });
    const { message, stack, cause } = error as Error;
    expect(JSON.stringify({ ...(error as Error), message, stack, cause })).not.toMatch(/secret|127\.0/);
  });
});

describe('connections', () => {
  it('are kept after a burst', async () => {
    const { url, opened } = await listen((_, response) => setTimeout(() => response.end(), 100));
    const burst = () => Promise.all(Array.from({ length: 300 }, () => get(url)));
    await burst();
    await burst();
    expect(opened.connections).toBe(300);
  });

  it('that the server closed meanwhile cost no more than a try', async () => {
    const { url, opened, server } = await listen(ok);
    await get(url);
    server.closeIdleConnections();
    expect(await withRetries(() => get(url))).toMatchObject({ status: 200 });
    expect(opened.connections).toBe(2);
  });
});
