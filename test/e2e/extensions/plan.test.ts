import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shopVariables, UNSET } from '../../doubles/environment.ts';
import { type Shop, startShop } from '../../doubles/shop/index.ts';

const FIXTURES = 'test/fixtures/platform-format';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

/** Runs `npm run plan` on a fixture, with an extension. */
async function plan(extension: string, name: string, ...options: string[]): Promise<string> {
  const env = { ...process.env, ...UNSET, ...shopVariables(shop), KLAVIYO_SYNC_EXTENSION: extension };
  const args = ['tools/operator/plan.ts', `${FIXTURES}/${name}.json`, ...options];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env }).catch((error) => error);
  return stdout;
}

test('the dry run says what the extension has changed, and shows what is left', async () => {
  const text = await plan('docs/extensions/net-value.ts', 'OrderCreated');
  const json = await plan('docs/extensions/net-value.ts', 'OrderCreated', '--json');

  expect(text).toMatch(/^changed by the extension: createEvent Placed Order 0de5/m);
  expect(text).toMatch(/^createEvent .*metric: Placed Order; .*value: 347.73 EUR/m);
  expect(JSON.parse(json).adjusted).toContainEqual({ write: expect.stringMatching(/Placed Order/), what: 'changed' });
});

test('the dry run takes handlers of the extension, and names the place where it fails', async () => {
  const taken = await plan('docs/extensions/loyalty.ts', 'ResourceUpdated.key-value-document');
  const failed = await plan('test/fixtures/extensions/failing.ts', 'OrderCreated');

  expect(taken).toMatch(/^ResourceUpdated of key-value-document \S+: 2 writes by loyalty/m);
  expect(failed).toMatch(
    /cannot be planned: ExtensionError: .*\(test\/fixtures\/extensions\/failing\.ts:\d+:\d+\): threw/,
  );
});
