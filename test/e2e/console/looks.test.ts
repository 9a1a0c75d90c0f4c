import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSkipped, startChromium } from '../../doubles/chromium.ts';
import { eventually } from '../../doubles/eventually.ts';
import { type RunningConsole, startConsole } from './console.ts';

const PAGES = [
  'flow',
  'shop',
  'shop/customers',
  'shop/products',
  'klaviyo',
  'klaviyo/catalog',
  'dead-letters',
  'weather',
  'mapping',
];
/** Pages with a list whose first entry opens beside it. */
const LISTS = ['flow', 'klaviyo', 'dead-letters'];

describe.skipIf(isSkipped)('how the console looks', () => {
  let running: RunningConsole;
  let browser: Browser;

  beforeAll(async () => {
    [running, browser] = await Promise.all([startConsole(), startChromium()]);
    const send = (method: string, path: string, body: unknown) =>
      fetch(running.url + path, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const act = (action: string, body: unknown = {}) => send('POST', `/api/shop/${action}`, body);
    const weather = await fetch(`${running.url}/api/weather`).then((response) => response.json());
    await send('PUT', '/api/weather', { ...weather, klaviyo: { ...weather.klaviyo, isDown: true } });
    await act('sign-up');
    await eventually(async () => {
      const { letters } = await fetch(`${running.url}/api/dead-letters`).then((response) => response.json());
      return letters[0];
    }, 'a dead letter');
    await send('PUT', '/api/weather', weather);
    await act('place-order');
    const shop = await fetch(`${running.url}/api/shop`).then((response) => response.json());
    await act('publish-product', { productId: shop.products[0].id });
    await act('change-stock', { sku: shop.products[0].variants[0].sku, quantity: 3 });
  });
  afterAll(async () => {
    await browser.close();
    await running.stop();
  });

  it.for([1280, 390])(
    'axe finds nothing at %i px, light and dark, and nothing is wider than the page',
    async (width) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const found: string[] = [];
      for (const name of PAGES) {
        await page.goto(`${running.url}/#/${name}`);
        // The page before is shown until then.
        await page.locator(`[href="#/${name}"][aria-current]`).first().waitFor({ state: 'attached' });
        await page.getByText('Asking …').waitFor({ state: 'detached' });
        found.push(...(await faultsOf(page, name)));
        if (!LISTS.includes(name)) continue;
        await page.locator('[role=option]').first().click();
        await page.getByRole('complementary').getByRole('heading').first().waitFor();
        await page.getByText('Asking …').waitFor({ state: 'detached' });
        found.push(...(await faultsOf(page, `${name}, opened`)));
      }
      await page.goto(`${running.url}/#/shop/customers`);
      await page.getByRole('button', { name: /^Edit/ }).first().click();
      found.push(...(await faultsOf(page, 'a dialog')));
      await page.goto(`${running.url}/#/mapping`);
      await page.getByRole('textbox', { name: 'Settings' }).fill('{ "orders": 1 }');
      await page.getByRole('button', { name: /line 1/ }).waitFor();
      found.push(...(await faultsOf(page, 'mapping, with a problem')));
      await context.close();
      expect(found).toEqual([]);
    },
  );

  it('moves nothing by itself for whoever wants less motion', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(`${running.url}/#/flow`);
    await page.locator('[role=option]').first().waitFor();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await page.close();
  });

  it('can be walked through by the keyboard alone, and shows where one is', async () => {
    const page = await browser.newPage();
    await page.goto(`${running.url}/#/flow`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement && [activeElement.textContent, getComputedStyle(activeElement).outlineStyle];
    });
    expect(outline).toEqual(['Shop', 'solid']);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
    await page.close();
  });
});

/** What axe finds on a page as it is now, and how much of it is wider than the page. */
async function faultsOf(page: Page, name: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const told: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    for (const { id, nodes } of violations)
      told.push(...nodes.map(({ html }) => `${name}, ${colorScheme}: ${id}: ${html.slice(0, 200)}`));
  }
  const beyond = await page.evaluate(() => {
    const holders = [document.documentElement, ...document.querySelectorAll('main, .card, .body, .scroll')];
    return holders.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className || one.tagName);
  });
  return [...told, ...beyond.map((holder) => `${name}: what is in ${holder} is too wide`)];
}
