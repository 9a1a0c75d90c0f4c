import { describe, expect, it } from 'vitest';
import type { FlowPage } from '../../../tools/console/api.ts';
import { consoleForAll } from './support.ts';

const { api, ask, raw, url } = consoleForAll();

const json = { 'content-type': 'application/json' };
const host = () => new URL(url()).host;
const port = () => new URL(url()).port;
const BUTTON = '/api/shop/place-order';

/** How many messages there were. */
const messages = async () => (await api<FlowPage>('GET', '/api/flow')).total;

describe('a web page elsewhere', () => {
  it('reads nothing by a name of its own that leads here', async () => {
    for (const path of ['/', '/main.js', '/api/overview', '/api/events', '/api/klaviyo/profiles'])
      for (const name of ['evil.example.org', `evil.example.org:${port()}`, `127.0.0.1.nip.io:${port()}`, '127.0.0.1'])
        expect(await raw('GET', path, { host: name }), `${path} as ${name}`).toBe(403);
  });

  it('presses no button, whatever it says of itself', async () => {
    const before = await messages();
    for (const origin of [
      'http://evil.example.org',
      'null',
      'http://127.0.0.1:1',
      `https://${host()}`,
      'http://localhost',
    ])
      expect(await raw('POST', BUTTON, { host: host(), ...json, origin }), origin).toBe(403);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])
      expect(await raw('POST', BUTTON, { host: host(), 'content-type': type }), type).toBe(415);
    expect(await raw('POST', BUTTON, { host: `evil.example.org:${port()}`, ...json })).toBe(403);
    expect(await messages()).toBe(before);
  });

  it('does not listen, nor make the console work for it, although no answer would be readable', async () => {
    const own = { host: host() };
    for (const path of ['/api/events', '/api/overview', '/./api/events']) {
      expect(await raw('GET', path, { ...own, origin: 'http://evil.example.org' }), path).toBe(403);
      for (const site of ['cross-site', 'same-site'])
        expect(await raw('GET', path, { ...own, 'sec-fetch-site': site }), `${path} ${site}`).toBe(403);
    }
    expect(await raw('POST', BUTTON, { ...own, ...json, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await raw('GET', '/', { ...own, 'sec-fetch-site': 'cross-site' }), 'a link').toBe(200);
    expect(await raw('GET', '/api/overview', { ...own, 'sec-fetch-site': 'none' }), 'the address bar').toBe(200);
  });

  it('may not even ask whether it may: there is no CORS', async () => {
    const response = await fetch(url() + BUTTON, { method: 'OPTIONS', headers: { origin: 'http://evil.example.org' } });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});

it('the page itself presses buttons, by each name of this machine', async () => {
  for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
    const own = `${name}:${port()}`;
    expect(await raw('POST', BUTTON, { host: own, ...json, origin: `http://${own}` }), own).toBe(200);
  }
  expect(await raw('POST', BUTTON, { host: host(), 'content-type': 'application/json; charset=utf-8' })).toBe(200);
});

it('the page loads nothing from elsewhere, and stands in no frame', async () => {
  for (const path of ['/', '/flow', '/klaviyo']) {
    const response = await fetch(url() + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await response.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  }
  expect((await fetch(`${url()}/no-such.js`)).status).toBe(404);
});

it('a body that is no JSON is refused, and where is said', async () => {
  expect(await ask('POST', BUTTON, '{"lines": [}')).toEqual({
    status: 400,
    body: { error: "The body is not JSON: Unexpected token '}'.", where: 'line 1, column 12' },
  });
  expect(await ask('POST', BUTTON, '{"lines":\n [1 2]}')).toMatchObject({
    status: 400,
    body: { where: 'line 2, column 5' },
  });
  expect(await ask('POST', BUTTON, '[]')).toMatchObject({ status: 400 });
});

it('what is not there is said to be not there, and what is takes its own methods only', async () => {
  expect(await ask('GET', '/api/nothing')).toMatchObject({ status: 404 });
  expect(await ask('POST', '/api/overview', {})).toMatchObject({ status: 405 });
  expect(await ask('GET', '/api/flow/%E0%A4%A')).toMatchObject({ status: 400 });
  expect(await ask('POST', '/api/events', {})).toMatchObject({ status: 405 });
  expect(await ask('DELETE', '/flow', {})).toMatchObject({ status: 405 });
  for (const path of ['//', '//x', '/\\x']) expect(await raw('GET', path, { host: host() }), path).toBeLessThan(500);
});

it('a body comes in pieces, or is too large', async () => {
  const pieces = (text: string) =>
    fetch(url() + BUTTON, {
      ...{ method: 'POST', headers: json, duplex: 'half' as const },
      body: new Blob([text]).stream(),
    });
  expect((await pieces('{"lines": [{"sku": "JEANS-IND-27"}]}')).status).toBe(200);
  expect((await pieces(' '.repeat(13_000_000))).status).toBe(413);
});
