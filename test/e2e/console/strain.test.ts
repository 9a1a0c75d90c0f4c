import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Overview, ShopAnswer } from '../../../tools/console/api.ts';
import { isSkipped, startChromium } from '../../doubles/chromium.ts';
import { createClient } from '../../doubles/pubsub/client.ts';
import { type RunningConsole, startConsole } from './console.ts';

const MARKUP = '<img src="x" onerror="window.isOwned = true">';
const DEEP = '['.repeat(100_000) + ']'.repeat(100_000);

describe.skipIf(isSkipped)('a page of the console under strain', () => {
  let running: RunningConsole;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    [running, browser] = await Promise.all([startConsole(), startChromium()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    page.on('pageerror', ({ message }) => faults.push(message));
  });
  afterAll(async () => {
    await browser.close();
    await running.stop();
  });

  async function act(action: string, body: object = {}): Promise<ShopAnswer> {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(`${running.url}/api/shop/${action}`, sent)).json();
  }
  async function publish(...texts: string[]): Promise<void> {
    const { urls }: Overview = await (await fetch(`${running.url}/api/overview`)).json();
    await createClient(urls.pubsub).publishAll(texts.map((data) => ({ data: Buffer.from(data), attributes: {} })));
  }
  const open = (hash: string) => page.goto(`${running.url}/#/${hash}`);

  it('shows letters of any text and depth, and goes on', async () => {
    await publish(MARKUP, DEEP);
    await open('dead-letters');
    const letters = page.getByRole('option');
    await letters.nth(1).waitFor();
    for (const index of [0, 1]) {
      await letters.nth(index).click();
      await page.getByRole('complementary').getByRole('region', { name: 'Payload' }).waitFor();
    }
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Flow' }).click();
    await page.getByRole('heading', { name: 'Flow', level: 1 }).waitFor();
    expect(faults).toEqual([]);
  });

  it('shows names as the text that they are', async () => {
    await act('sign-up', { firstName: MARKUP, lastName: '</script>', email: 'mark.up@example.org' });
    await open('shop/customers');
    await page.getByRole('heading', { name: MARKUP }).waitFor();
    await open('klaviyo');
    await page
      .getByRole('option', { name: /mark\.up@example\.org/ })
      .first()
      .click();
    await page.getByRole('complementary').getByText(MARKUP).first().waitFor();
    expect(await page.evaluate(() => 'isOwned' in globalThis)).toBe(false);
  });

  it('says what is wrong with settings that were typed before the page knew its own', async () => {
    const typed = Promise.withResolvers<void>();
    await page.route('**/api/mapping', async (route) => {
      if (route.request().method() === 'GET') await typed.promise;
      await route.continue();
    });
    await open('mapping');
    await page.getByRole('textbox', { name: 'Settings' }).fill('{\n  "orders": [,]\n}');
    typed.resolve();
    await page.getByRole('button', { name: /line 2, column 14 .*Unexpected token/ }).waitFor();
    await page.getByRole('textbox', { name: 'Notification' }).fill('');
    await page.getByRole('button', { name: /line 1, column 1 .*Unexpected end/ }).waitFor();
  });

  it('lets go of its connection while nobody looks, and has what came meanwhile as soon as somebody does', async () => {
    await open('flow');
    await page.getByText('live', { exact: true }).waitFor();
    const look = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await look(true);
    await page.getByText('not connected').waitFor();
    const { messageIds } = await act('place-order');
    await look(false);
    await page.getByText('live', { exact: true }).waitFor();
    await open(`flow/${messageIds.at(-1)}`);
    await page.getByRole('complementary').getByText('synced').first().waitFor();
  });
});
