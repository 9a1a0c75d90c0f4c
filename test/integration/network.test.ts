import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { pushBody } from '../doubles/delivery.ts';
import type { Variables } from '../doubles/environment.ts';
import { eventually } from '../doubles/eventually.ts';
import { freePort } from '../doubles/free-port.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';
import { startProxy } from '../doubles/proxy.ts';
import { startShop } from '../doubles/shop/index.ts';
import { type Certificate, createCertificate, startTls } from '../doubles/tls.ts';
import { fixture } from '../fixtures/index.ts';
import { processForTest } from './child.ts';
import { environmentFor } from './support.ts';

const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
beforeEach(async () => {
  klaviyo.reset();
  await shop.reset();
});
afterAll(() => Promise.all([shop.stop(), klaviyo.stop()]));

const portOf = ({ url }: { url: string }) => Number(new URL(url).port);

/** The variables that put both services elsewhere. */
const at = (shopUrl: string, klaviyoUrl: string) => ({
  ...{ CT_API_URL: shopUrl, CT_AUTH_URL: shopUrl },
  KLAVIYO_API_URL: klaviyoUrl,
});

/** Pushes to a process of its own what asks commercetools for a token and a category, and writes the category to Klaviyo. */
async function synced(environment: Variables) {
  const { url, untilServing, log } = await processForTest(environmentFor(shop, klaviyo, environment));
  await untilServing();
  const body = JSON.stringify(pushBody(fixture('CategoryCreated')));
  const response = await fetch(`${url}/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return {
    status: response.status,
    line: await eventually(() => log()[0], 'the line of its log'),
    categories: klaviyo.state.categories.size,
  };
}

const written = { status: 204, categories: 1 };
const failedWith = (code: unknown) => ({ status: 500, line: { error: { class: 'RetryableError', code } } });

async function proxyForTest(ports: Record<string, number>) {
  const proxy = await startProxy(ports);
  onTestFinished(() => proxy.stop());
  return proxy;
}

describe('a proxy for http', () => {
  const names = at('http://shop.example.org', 'http://klaviyo.example.org');

  test.each(['HTTP_PROXY', 'http_proxy'])('that %s names is asked for both services', async (variable) => {
    const proxy = await proxyForTest({
      'shop.example.org:80': portOf(shop),
      'klaviyo.example.org:80': portOf(klaviyo),
    });

    expect(await synced({ ...names, [variable]: proxy.url })).toMatchObject(written);
    const hosts = proxy.asked.map((url) => new URL(url).host);
    expect(new Set(hosts)).toEqual(new Set(['shop.example.org', 'klaviyo.example.org']));
  });

  test('is not asked for a host of NO_PROXY', async () => {
    const HTTP_PROXY = `http://127.0.0.1:${await freePort()}`;

    expect(await synced({ HTTP_PROXY })).toMatchObject(failedWith('ECONNREFUSED'));
    expect(await synced({ HTTP_PROXY, NO_PROXY: 'example.org,127.0.0.1' })).toMatchObject(written);
  });
});

const hasOpenSsl = spawnSync('openssl', ['version']).status === 0;

/** Where tests count, `openssl` is a must. */
describe.runIf(hasOpenSsl || process.env.CI)('over https (needs openssl)', () => {
  let folder: string;
  let certificate: Certificate;
  let ports: Record<'shop' | 'klaviyo', number>;
  const stops: (() => void)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    const names = ['DNS:shop.example.org', 'DNS:klaviyo.example.org', 'IP:127.0.0.1'];
    certificate = createCertificate(folder, names);
    const [ofShop, ofKlaviyo] = await Promise.all([shop, klaviyo].map((one) => startTls(portOf(one), certificate)));
    ports = { shop: ofShop?.port ?? 0, klaviyo: ofKlaviyo?.port ?? 0 };
    stops.push(...[ofShop, ofKlaviyo].flatMap((one) => one?.stop ?? []));
  });
  afterAll(async () => {
    for (const stop of stops) stop();
    await rm(folder, { recursive: true });
  });

  test('both services are trusted by a certificate of NODE_EXTRA_CA_CERTS only', async () => {
    const urls = at(`https://127.0.0.1:${ports.shop}`, `https://127.0.0.1:${ports.klaviyo}`);

    expect(await synced(urls)).toMatchObject(failedWith('DEPTH_ZERO_SELF_SIGNED_CERT'));
    expect(await synced({ ...urls, NODE_EXTRA_CA_CERTS: certificate.path })).toMatchObject(written);
  });

  test('a proxy that HTTPS_PROXY names makes a tunnel to each service', async () => {
    const proxy = await proxyForTest({ 'shop.example.org:443': ports.shop, 'klaviyo.example.org:443': ports.klaviyo });
    const urls = at('https://shop.example.org', 'https://klaviyo.example.org');

    const environment = { ...urls, HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificate.path };
    expect(await synced(environment)).toMatchObject(written);
    expect(new Set(proxy.asked)).toEqual(new Set(['shop.example.org:443', 'klaviyo.example.org:443']));
  });

  test('a host of NO_PROXY is called without a tunnel', async () => {
    const urls = at(`https://127.0.0.1:${ports.shop}`, `https://127.0.0.1:${ports.klaviyo}`);
    const HTTPS_PROXY = `http://127.0.0.1:${await freePort()}`;
    const environment = { ...urls, HTTPS_PROXY, NODE_EXTRA_CA_CERTS: certificate.path };

    expect(await synced(environment)).toMatchObject(failedWith('ECONNREFUSED'));
    expect(await synced({ ...environment, NO_PROXY: '127.0.0.1' })).toMatchObject(written);
  });
});
