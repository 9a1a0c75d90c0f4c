import { mkdirSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startChromium } from '../../test/doubles/chromium.ts';
import { aCalm, aDay, aStorm } from './pictures/scenes.ts';
import { startConsole } from './server/start.ts';

/** Where the README and docs/console.md look for them. */
const FOLDER = 'docs/images';
const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 } };
/** Milliseconds in which plots and lists come to rest. */
const REST = 1500;

interface Picture {
  name: string;
  /** The part of the address after `#/`. */
  place: string;
  how?: BrowserContextOptions;
  /** What is done on the page first. */
  first?: (page: Page) => Promise<unknown>;
}

const RENAMED = JSON.stringify({ metrics: { placedOrder: 'Bought' }, orders: { addresses: false } }, null, 2);

/** While it storms. */
const STORM: Picture[] = [
  { name: 'console-weather', place: 'weather' },
  { name: 'console-phone', place: 'weather', how: { ...PHONE, colorScheme: 'dark' } },
];
/** After a day in the shop; `message` is that of an order. */
const dayOf = (message: string): Picture[] => [
  { name: 'console-flow', place: `flow/${message}` },
  { name: 'console-flow-dark', place: 'flow', how: { colorScheme: 'dark' } },
  { name: 'console-shop', place: 'shop/products' },
  { name: 'console-klaviyo', place: 'klaviyo', first: (page) => page.locator('[role=option]').first().click() },
  {
    name: 'console-mapping',
    place: 'mapping',
    first: (page) => page.getByRole('textbox', { name: 'Settings' }).fill(RENAMED),
  },
];

mkdirSync(FOLDER, { recursive: true });
await using stack = new AsyncDisposableStack();
const { url } = stack.adopt(await startConsole({ port: 0, broker: 'in-process' }), ({ stop }) => stop());
const browser = stack.adopt(await startChromium(), (one) => one.close());

console.log('A storm of a minute …');
await aStorm(url);
await take(STORM);
await aCalm(url);
await take(dayOf(await aDay(url)));

async function take(pictures: Picture[]): Promise<void> {
  for (const { name, place, how, first } of pictures) {
    const page = await browser.newPage({ ...WIDE, reducedMotion: 'reduce', ...how });
    await page.goto(`${url}/#/${place}`);
    await page.waitForTimeout(REST);
    await first?.(page);
    await page.waitForTimeout(REST);
    await page.screenshot({ path: `${FOLDER}/${name}.png` });
    await page.close();
    console.log(`${FOLDER}/${name}.png`);
  }
}
