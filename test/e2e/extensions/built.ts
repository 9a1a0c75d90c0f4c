import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { bundle } from '../../../tools/build/bundle.ts';
import { type AttemptLine, readAttempts } from '../../doubles/attempts.ts';
import { pushBody } from '../../doubles/delivery.ts';
import { functionVariables } from '../../doubles/environment.ts';
import { eventually } from '../../doubles/eventually.ts';
import { type FunctionProcess, startFunction } from '../../doubles/function-process.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { post } from '../../doubles/pubsub/push.ts';
import { type Shop, startShop } from '../../doubles/shop/index.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the function with an extension, by its path from the project's folder. Returns the folder of the build. */
export async function buildWith(extension: string): Promise<string> {
  // Inside of node_modules, so that the functions-framework is found from there and nobody lints it.
  const folder = join(ROOT, 'node_modules/.cache/extensions', extension.replaceAll(/\W/g, '-'));
  await mkdir(folder, { recursive: true });
  vi.stubEnv('KLAVIYO_SYNC_EXTENSION', join(ROOT, extension));
  try {
    await bundle({ absWorkingDir: ROOT, outfile: join(folder, 'index.cjs') });
  } finally {
    vi.unstubAllEnvs();
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ main: 'index.cjs' }));
  return folder;
}

/** Starts what was built between two services. */
export const startBuilt = (folder: string, shop: Shop, klaviyo: KlaviyoStandIn, onLine?: (line: string) => void) =>
  startFunction({
    cwd: folder,
    args: [join(ROOT, 'dist/start.cjs')],
    env: functionVariables(shop, klaviyo),
    ...(onLine && { onLine }),
  });

/** The built function with an extension, in a process of its own between the shop and the stand-in. */
export async function functionWith(extension: string) {
  const [shop, klaviyo, folder] = await Promise.all([startShop(), startKlaviyo(), buildWith(extension)]);
  const { attempts, read } = readAttempts();
  let messages = 0;
  let fn: FunctionProcess | undefined;

  beforeAll(async () => {
    fn = await startBuilt(folder, shop, klaviyo, read);
    await fn.untilServing();
  });
  beforeEach(async () => {
    klaviyo.reset();
    await shop.reset();
  });
  afterEach(() => expect(klaviyo.violations).toEqual([]));
  afterAll(() => Promise.all([fn?.stop(), shop.stop(), klaviyo.stop()]));

  return {
    shop,
    klaviyo,
    output: () => fn?.output() ?? '',
    /** Pushes a notification once. Returns the log line of the attempt. */
    async push(notification: object): Promise<AttemptLine> {
      messages += 1;
      const messageId = String(messages);
      await post(fn?.url ?? '', pushBody(notification, { messageId }));
      return eventually(() => attempts(messageId)[0], 'the log line');
    },
  };
}
