import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSkipped, startChromium } from '../../doubles/chromium.ts';
import { type RunningConsole, startConsole } from './console.ts';

describe.skipIf(isSkipped)('what the console refuses', () => {
  let running: RunningConsole;
  let browser: Browser;
  let page: Page;
  const elsewhere = createServer((_, response) => response.end('<h1>Elsewhere</h1>'));

  beforeAll(async () => {
    elsewhere.listen(0, '127.0.0.1');
    // A name elsewhere that leads to this machine, as an attacker's name server can have it.
    const rebound = '--host-resolver-rules=MAP rebound.example.org 127.0.0.1';
    [running, browser] = await Promise.all([startConsole(), startChromium(rebound)]);
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await running.stop();
    elsewhere.close();
  });

  const messages = async (): Promise<number> => {
    const { counts } = await fetch(`${running.url}/api/overview`).then((response) => response.json());
    return counts.messages;
  };

  it.for(['/', '/api/overview', '/api/events'])('another name that leads here, for %s', async (path) => {
    const { port } = new URL(running.url);
    const response = await page.goto(`http://rebound.example.org:${port}${path}`);
    expect(response?.status()).toBe(403);
  });

  it.for(['application/json', 'text/plain'])('a page elsewhere that would drive it with %s', async (type) => {
    const { port } = elsewhere.address() as AddressInfo;
    const before = await messages();
    await page.goto(`http://127.0.0.1:${port}/`);
    const answered = await page.evaluate(
      async ([url, contentType]) => {
        const init = { method: 'POST', body: '{}', headers: { 'content-type': contentType } };
        const plain = await fetch(url, init).then(
          () => 'read',
          () => 'refused',
        );
        await fetch(url, { ...init, mode: 'no-cors' }).catch(() => {});
        return plain;
      },
      [`${running.url}/api/shop/place-order`, type] as const,
    );
    expect(answered).toBe('refused');
    expect(await messages()).toBe(before);
  });

  it('a page elsewhere that would read it', async () => {
    const { port } = elsewhere.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    const read = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      `${running.url}/api/overview`,
    );
    expect(read).toBe(false);
  });

  it('to be shown within another page', async () => {
    const response = await page.goto(`${running.url}/`);
    expect(response?.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('JSON that cannot be read, and says where it is wrong', async () => {
    await page.goto(`${running.url}/`);
    const answer = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch('/api/shop/place-order', { method: 'POST', headers, body: '{\n  "lines": 1 2\n}' });
      return { status: response.status, ...(await response.json()) };
    });
    expect(answer).toEqual({ status: 400, error: expect.any(String), where: expect.stringContaining('line 2') });
  });
});
