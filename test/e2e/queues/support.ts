import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import { buildQueues } from '../../../tools/build/queues.ts';
import { functionVariables, type Variables } from '../../doubles/environment.ts';
import { startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { startQueueProcess } from '../../doubles/queue-process.ts';
import { startShop } from '../../doubles/shop/index.ts';

/** The bundles of a file, in a folder where nothing else is, between a shop and an account that are seeded before each test. */
export async function queuesForAll(...names: string[]) {
  const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
  const folder = await mkdtemp(join(tmpdir(), 'queues-'));

  beforeAll(() => buildQueues({ outdir: folder, entryPoints: names.map((name) => `functions/${name}.ts`) }));
  beforeEach(async () => {
    klaviyo.reset();
    await shop.reset();
  });
  afterAll(async () => {
    await Promise.all([shop.stop(), klaviyo.stop(), rm(folder, { recursive: true })]);
    expect(klaviyo.violations).toEqual([]);
  });

  /** Starts a bundle; whatever variables a machine has, it has none of them. */
  async function started(name: string, more: Variables = {}) {
    const env = { ...functionVariables(shop, klaviyo), ...more };
    const running = await startQueueProcess(join(folder, `${name}.cjs`), env, folder);
    onTestFinished(async () => {
      running.kill('SIGKILL');
      await running.exit;
    });
    return running;
  }

  const placed = () => klaviyo.eventsOf('Placed Order').map(({ unique_id }) => unique_id);
  return { shop, klaviyo, folder, started, placed };
}
