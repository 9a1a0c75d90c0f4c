import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian, Fedora and Google's own packages put it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const executablePath = [process.env.CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path));

/** Whether the tests in a browser are skipped: there is none, and this is not CI. */
export const isSkipped = executablePath === undefined && !process.env.CI;
if (isSkipped) console.warn('Skipped: what needs Chromium (apt-get install chromium, or its path in CHROMIUM)');

/** Starts Chromium without a window. Throws when there is none. */
export async function startChromium(...args: string[]): Promise<Browser> {
  if (executablePath === undefined) throw new Error('There is no Chromium: apt-get install chromium');
  // As root, which a container often is, Chromium has no sandbox of its own; it sees this machine only.
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...args] });
}
