import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSkipped, startChromium } from '../../doubles/chromium.ts';
import { type RunningConsole, startConsole } from './console.ts';

/** Milliseconds that anything on a page may take to appear on a busy machine. */
const SOON = 60_000;

describe.skipIf(isSkipped)('the pages of npm run console', () => {
  let running: RunningConsole;
  let browser: Browser;
  let page: Page;
  /** What went wrong in the page itself. */
  let faults: string[];

  beforeAll(async () => {
    [running, browser] = await Promise.all([startConsole(), startChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    expect(await running.stop()).toBe(0);
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(SOON);
    faults = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await call('POST', '/api/shop/reset');
  });
  afterEach(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });

  const call = (method: string, path: string, body: unknown = {}) =>
    fetch(running.url + path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const open = (hash: string) => page.goto(`${running.url}/#/${hash}`);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const row = (name: RegExp) => page.getByRole('option', { name }).first();

  it('Flow: a first order comes in, tells all of itself, and is sent again', async () => {
    await open('flow');
    await page.getByText('Nothing has happened in the shop yet').waitFor();
    await button('Place an order').click();
    await row(/OrderCreated.*synced/).click();

    const detail = page.getByRole('complementary');
    await detail.getByText('Attempt 1').waitFor();
    await detail.getByText('POST events').first().waitFor();
    await detail.getByText('Placed Order', { exact: true }).first().waitFor();
    expect(await detail.getByRole('region', { name: 'Payload' }).textContent()).toContain('"OrderCreated"');
    const first = page.url();
    await detail.getByRole('button', { name: 'Send again' }).click();
    await page.waitForURL((url) => url.href !== first);
    await detail.getByText('synced').waitFor();

    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('nothing has these words');
    await page.getByText('Nothing fits the filter').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox', { name: 'Notifications' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await detail.getByText('Attempt 1').waitFor();
  });

  it('Shop: an order is placed, shipped and refunded, and each notification is followed to its end', async () => {
    await open('shop');
    await button('Place an order').click();
    const published = page.getByRole('main').getByRole('status').first();
    await published.getByText(/OrderCreated\s*synced/).waitFor();
    await button(/^Ship order/)
      .first()
      .click();
    await published.getByText(/ParcelAddedToDelivery\s*synced/).waitFor();
    await button(/^Refund order/)
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Refund' }).click();
    await published
      .getByText(/PaymentTransaction\w+\s*synced/)
      .first()
      .waitFor();
    await page
      .getByText(/refunded/)
      .first()
      .waitFor();
  });

  it('Shop: a price is changed, and a customer is deleted with erasure', async () => {
    await open('shop/products');
    await button(/^Change price and stock of/)
      .first()
      .click();
    await page.getByLabel(/^Price in/).fill('123.45');
    await button('Save').click();
    await page.getByText('123.45').first().waitFor();
    await page.getByRole('link', { name: 'Customers' }).click();
    // Products can be deleted, too, as long as they are shown.
    await button(/^Edit /)
      .first()
      .waitFor();
    await button(/^Delete /)
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page
      .getByRole('main')
      .getByText(/ResourceDeleted\s*synced/)
      .waitFor();
  });

  it('Klaviyo: whoever orders has a profile with a timeline, and the catalog has what the shop sells', async () => {
    const signedUp = await call('POST', '/api/shop/sign-up', { firstName: 'Ada', email: 'ada.winter@example.org' });
    const { id: customerId } = await signedUp.json();
    await call('POST', '/api/shop/place-order', { customerId });
    await open('klaviyo');
    await row(/ada\.winter@example\.org/).click();
    const profile = page.getByRole('complementary');
    await profile.getByText('Placed Order', { exact: true }).first().waitFor();
    await profile.getByText('Ordered Product', { exact: true }).first().waitFor();

    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Catalog' }).click();
    await page.getByText('The catalog is empty').waitFor();
    await button('Publish all products').click();
    await page.getByRole('main').getByRole('listitem').first().waitFor();
  });

  it('Weather and Dead letters: what is given up while Klaviyo is down is replayed, and arrives', async () => {
    await open('weather');
    const isSet = () => page.waitForResponse((response) => response.request().method() === 'PUT');
    await Promise.all([isSet(), page.getByRole('switch', { name: 'down' }).first().check()]);
    await call('POST', '/api/shop/sign-up', { email: 'late@example.org' });
    await page.getByRole('link', { name: /letters/i }).click();
    await row(/CustomerCreated/).click();
    await page.getByRole('complementary').getByText('see them in Flow').waitFor();

    await page.getByRole('link', { name: 'Weather' }).click();
    await Promise.all([isSet(), button('Fine weather').click()]);
    await page.getByRole('link', { name: /letters/i }).click();
    await button('Replay all').click();
    await page.getByText('Nothing was given up').waitFor();
    await open('klaviyo');
    await row(/late@example\.org/).waitFor();
  });

  it('Weather: orders at once while calls fail and the process is killed all arrive', async () => {
    await open('weather');
    await page.getByRole('slider', { name: 'Calls that fail' }).first().fill('4');
    await page.getByLabel('How many orders').selectOption('10');
    await button('10 orders now').click();
    await button('Kill a process').click();
    await page.getByText(/The process was killed/).waitFor();
    expect(await page.getByRole('img').count()).toBe(6);
    await open('flow');
    await expect
      .poll(() => page.getByRole('option', { name: /OrderCreated.*synced/ }).count(), { timeout: SOON })
      .toBe(10);
  });

  it('Mapping: settings say what is wrong beside the line, and show old and new plan when they are right', async () => {
    await open('mapping');
    const settings = page.getByRole('textbox', { name: 'Settings' });
    await page.getByLabel('Notification to try').selectOption('OrderCreated');
    await page
      .getByRole('region', { name: 'As it is', exact: true })
      .getByText('Placed Order', { exact: true })
      .first()
      .waitFor();

    await settings.fill('{\n  "orders": {\n    "placedStates": "Open"\n  }\n}');
    await button(/line 3 .*orders\.placedStates/).waitFor();
    await settings.fill('{\n  "metrics": {\n    "placedOrder": "Bought"\n  }\n}');
    await page.getByRole('region', { name: 'As it would be' }).getByText('Bought', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'What differs' }).getByText('"Bought"').first().waitFor();
    await settings.fill('{');
    await button(/line 1/)
      .first()
      .waitFor();
  });
});
