import { Agent, get } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFaults, type Effect, type Fault } from '../../doubles/faults.ts';
import { type SandboxServer, startServer } from '../../doubles/http.ts';

const faults = createFaults();
let server: SandboxServer;
let applied: string[];

beforeEach(async () => {
  applied = [];
  server = await startServer(
    (request) => {
      applied.push(request.path);
      return { status: 201, body: { data: { applied: request.body } } };
    },
    { faults, faultBody: (status) => ({ status }) },
  );
});

afterEach(async () => {
  faults.clear();
  await server.stop();
});

function post(path = '/things?x=1', signal?: AbortSignal): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    body: '{"a":1}',
    headers: { authorization: 'secret', 'user-agent': 'test' },
    signal: signal ?? null,
  });
}

async function underFault(effect: Effect): Promise<Response> {
  faults.add({ effect });
  return post();
}

test('without a fault the handler answers, and the request is remembered without its credentials', async () => {
  const response = await post();

  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ data: { applied: { a: 1 } } });
  expect(server.requests).toEqual([
    {
      method: 'POST',
      path: '/things?x=1',
      body: { a: 1 },
      status: 201,
      userAgent: 'test',
      traceparent: undefined,
      connection: 1,
      receivedAt: expect.any(Date),
      milliseconds: expect.any(Number),
    },
  ]);
});

test('requests on one kept-alive connection carry its number', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise((resolve) => get(server.url, { agent }, (answer) => answer.resume().on('end', resolve)));
  await Promise.all([ask(), ask()]);
  agent.destroy();

  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1]);
});

describe('effects', () => {
  test('status answers instead, with Retry-After', async () => {
    const response = await underFault({ kind: 'status', status: 429, retryAfter: 3 });

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await response.json()).toEqual({ status: 429 });
    expect(applied).toEqual([]);
  });

  test('reset cuts the connection before anything is applied', async () => {
    await expect(underFault({ kind: 'reset' })).rejects.toThrow();
    expect(applied).toEqual([]);
    expect(server.requests[0]?.status).toBeUndefined();
  });

  test('lost-reply cuts the connection after it was applied', async () => {
    await expect(underFault({ kind: 'lost-reply' })).rejects.toThrow();
    expect(applied).toHaveLength(1);
  });

  test('hang never answers, and the server can be stopped all the same', async () => {
    const hanging = underFault({ kind: 'hang' });
    hanging.catch(() => {});
    await expect.poll(() => server.requests.length).toBe(1);
    await server.stop();

    await expect(hanging).rejects.toThrow();
    expect(applied).toEqual([]);
  });

  test('slow is applied and answered late', async () => {
    const start = performance.now();
    const response = await underFault({ kind: 'slow', milliseconds: 60 });

    expect(response.status).toBe(201);
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  test('garbage is HTML with status 200, applied or not', async () => {
    const response = await underFault({ kind: 'garbage', applied: false });

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<html>');
    expect(applied).toEqual([]);
    await underFault({ kind: 'garbage', applied: true });
    expect(applied).toHaveLength(1);
  });

  test('truncated garbage is the first half of the JSON, complete by its content-length', async () => {
    const response = await underFault({ kind: 'garbage', applied: true, truncated: true });

    expect(await response.text()).toBe('{"data":{"appl');
  });
});

describe('which requests are hit', () => {
  async function statuses(count: number, ...added: Fault[]): Promise<number[]> {
    for (const fault of added) faults.add(fault);
    const answers = [];
    for (let index = 0; index < count; index += 1) answers.push((await post()).status);
    return answers;
  }

  test('one, after as many as are let pass', async () => {
    expect(await statuses(4, { after: 1, effect: { kind: 'status', status: 500 } })).toEqual([201, 500, 201, 201]);
  });

  test('as many as `times` says, and faults one after the other', async () => {
    expect(
      await statuses(
        4,
        { times: 2, effect: { kind: 'status', status: 429 } },
        { times: Number.POSITIVE_INFINITY, effect: { kind: 'status', status: 503 } },
      ),
    ).toEqual([429, 429, 503, 503]);
  });

  test('only those that match', async () => {
    faults.add({ match: ({ path }) => path === '/other', effect: { kind: 'status', status: 500 } });

    expect((await post()).status).toBe(201);
    expect((await post('/other')).status).toBe(500);
  });
});

test('latency delays every answer', async () => {
  server.latency = 60;
  const start = performance.now();
  await post();

  expect(performance.now() - start).toBeGreaterThan(50);
});

test('a client that vanishes does no harm', async () => {
  server.latency = 30;
  await expect(post('/gone', AbortSignal.timeout(10))).rejects.toThrow();
  server.latency = 0;

  expect((await post()).status).toBe(201);
});

test('a handler that throws is answered 500 with the reason', async () => {
  const failing = await startServer(() => Promise.reject(new Error('no way')), { faults });
  const response = await fetch(failing.url);
  await failing.stop();

  expect(response.status).toBe(500);
  expect(await response.text()).toContain('no way');
});
