import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSkipped, startChromium } from '../../doubles/chromium.ts';
import { type RunningConsole, startConsole } from './console.ts';

/** Enough to be seen, as 10,000 are more than a test should wait for: `BURST=10000` for all of it. */
const ORDERS = Number(process.env.BURST ?? 1000);
const CLICKS = 20;

describe.skipIf(isSkipped)('a burst while a page is open', () => {
  let running: RunningConsole;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [running, browser] = await Promise.all([startConsole(), startChromium()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(300_000);
    await page.goto(`${running.url}/#/flow`);
    await page.getByRole('heading', { name: 'Flow', level: 1 }).waitFor();
    await fetch(`${running.url}/api/weather/burst`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ orders: ORDERS }),
    });
  });
  afterAll(async () => {
    await browser.close();
    await running.stop();
  });

  it('shows each, draws those in view only, and answers clicks meanwhile', async () => {
    await page.waitForFunction(() => document.querySelectorAll('[role=option]').length > 10);
    const during = await clicks(page);
    const all = page.locator(`[role=option][aria-setsize="${ORDERS}"]`).first();
    await all.waitFor();
    const after = await clicks(page);

    console.info(`A click was answered ${told(during)} during a burst of ${ORDERS}, ${told(after)} afterwards.`);
    expect([...during, ...after]).toHaveLength(2 * CLICKS);
    expect(await page.locator('[role=option]').count()).toBeLessThan(60);
  });

  it('reaches the oldest by one key, and finds one among all', async () => {
    await page.keyboard.press('Escape');
    const list = page.getByRole('listbox', { name: 'Notifications' });
    await list.focus();
    await page.keyboard.press('End');
    await page.locator(`[role=option][aria-posinset="${ORDERS}"]`).waitFor();
    const oldest = page.locator(`[role=option][aria-posinset="${ORDERS}"]`);
    const [, order = ''] = /(\d{4}-\d+)/.exec((await oldest.textContent()) ?? '') ?? [];
    await page.keyboard.press('/');
    await page.keyboard.type(order);
    await page.locator('[role=option][aria-setsize="1"]').waitFor();
  });
});

/** Milliseconds from each click on a row until the page shows the message, measured in the page itself. */
const clicks = (page: Page): Promise<number[]> =>
  page.evaluate(async (count) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const measured: number[] = [];
    for (let turn = 0; turn < count; turn += 1) {
      const rows = [...document.querySelectorAll<HTMLElement>('[role=option][aria-selected=false]')];
      const row = rows[(turn * 7) % rows.length];
      const before = location.hash;
      const start = performance.now();
      row?.click();
      while (location.hash === before || !document.querySelector('aside h2')) await frame();
      await frame();
      measured.push(performance.now() - start);
    }
    return measured;
  }, CLICKS);

function told(milliseconds: number[]): string {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
  return `in ${at(0.5)} ms, ${at(1)} at most,`;
}
