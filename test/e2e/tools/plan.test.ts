import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tool } from '../../../tools/operator/plan.ts';
import { CHECKOUTS } from '../../doubles/environment.ts';
import { fixture } from '../../fixtures/index.ts';
import { type Services, startServices } from './support.ts';

const FIXTURES = 'test/fixtures/platform-format';
const PERSONAL = /[\w.+-]+@[\w.-]+|\+49\d+/;

describe('the dry run', () => {
  let services: Services;
  let folder: string;

  beforeAll(async () => {
    services = await startServices();
    folder = mkdtempSync(join(tmpdir(), 'plan-'));
  });

  beforeEach(() => services.klaviyo.reset());

  afterAll(async () => {
    // It never sends anything, whatever it plans.
    expect(services.klaviyo.requests).toEqual([]);
    rmSync(folder, { recursive: true });
    await services.stop();
  });

  const plan = (...args: string[]) => services.run(tool, args);

  function file(content: unknown): string {
    const path = join(folder, 'notification.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  test.each([
    ['CustomerCreated', 'CustomerCreated of customer', /^createProfile +c0500000\S+ +sets: email, firstName/m],
    ['OrderCreated', 'OrderCreated of order', /^createEvent +0de5\S+ +metric: Placed Order; time: \S+; value: /m],
    [
      'ProductPublished',
      'ProductPublished of product',
      /^upsertItem +d0d0\S+ +title: .*; variants: 6; categories: 3$/m,
    ],
    ['ResourceDeleted.category', 'ResourceDeleted of category', /^deleteCategory +ca70\S+$/m],
    ['CloudEvents.OrderCreated', 'OrderCreated of order', /metric: Ordered Product/],
  ])('shows what %s would write, without personal data', async (name, subject, row) => {
    const { code, stdout } = await plan(`${FIXTURES}/${name}.json`);

    expect(code).toBe(0);
    expect(stdout).toContain(subject);
    expect(stdout).toMatch(row);
    expect(stdout).not.toMatch(PERSONAL);
  });

  test('says of a tick which carts it would tell of, and that there is nothing to do without a template', async () => {
    const tick = [`${FIXTURES}/Tick.cart.json`];
    const on = { KLAVIYO_SYNC_SETTINGS: JSON.stringify({ checkouts: CHECKOUTS }) };
    const { code, stdout } = await services.run(tool, tick, on);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^Tick of cart: 3 writes by checkout-started\. Nothing was sent\.$/m);
    expect(stdout).toMatch(
      /^createEvent +ca470000\S+1:2026-05-25 +metric: Started Checkout; time: \S+; value: 408\.9 EUR/m,
    );
    expect(stdout).not.toMatch(PERSONAL);
    expect((await plan(...tick)).stdout).toBe('Tick of cart: nothing to do for checkout-started\n');
  });

  test('reads the body of a Pub/Sub push', async () => {
    const data = Buffer.from(JSON.stringify(fixture('CategoryCreated'))).toString('base64');

    const { stdout } = await plan(file({ message: { data, messageId: '1' }, subscription: 's' }));

    expect(stdout).toMatch(/^CategoryCreated of category \S+: 1 write by category/);
  });

  test('prints JSON, and everything only when asked', async () => {
    const short = await plan(`${FIXTURES}/CustomerCreated.json`, '--json');
    const whole = await plan(`${FIXTURES}/CustomerCreated.json`, '--json', '--show-payload');

    expect(JSON.parse(short.stdout)).toMatchObject({
      type: 'CustomerCreated',
      outcome: 'writes',
      handler: 'customer',
      writes: [{ kind: 'createProfile', target: expect.any(String), fields: { properties: expect.any(Number) } }],
    });
    expect(short.stdout).not.toMatch(PERSONAL);
    expect(JSON.parse(whole.stdout).writes[0].profile.email).toMatch(PERSONAL);
  });

  test('says when there is nothing to do', async () => {
    const ignored = await plan(`${FIXTURES}/CustomerEmailVerified.json`);
    const gone = await plan(
      file({ ...fixture('ResourceUpdated.customer'), resource: { typeId: 'customer', id: 'x' } }),
    );

    expect(ignored).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to do, no handler takes it') });
    expect(gone).toMatchObject({ code: 0, stdout: expect.stringContaining('the resource is gone') });
  });

  test('fails with the reason when it cannot be planned', async () => {
    const { code, stdout } = await plan(`${FIXTURES}/invalid/CustomerCreated.wrong-types.json`);

    expect(code).toBe(1);
    expect(stdout).toMatch(/CustomerCreated of customer \S+ cannot be planned: InvalidMessageError: .*customer/);
    expect(stdout).not.toMatch(PERSONAL);
  });

  test('fails in a line when the file is not there, a folder, or not JSON', async () => {
    const missing = join(folder, 'nowhere.json');
    const [nowhere, of, text] = [await plan(missing), await plan(folder), await plan(file('{'))];

    expect([nowhere.code, of.code, text.code]).toEqual([1, 1, 1]);
    expect(nowhere.stderr).toBe(`${missing}: there is no such file\n`);
    expect(of.stderr).toBe(`${folder}: is a folder, not a file\n`);
    expect(text.stderr).toContain('not JSON');
  });

  test('finds a file from where the command was typed, and reads over the mark before its first character', async () => {
    writeFileSync(join(folder, 'marked.json'), `\uFEFF${JSON.stringify(fixture('CategoryCreated'))}`);

    const { code, stdout } = await services.run(tool, ['marked.json'], { INIT_CWD: folder });

    expect(code).toBe(0);
    expect(stdout).toContain('CategoryCreated of category');
  });

  test('plans without Klaviyo’s key', async () => {
    const { code } = await services.run(tool, [`${FIXTURES}/OrderCreated.json`], { KLAVIYO_AUTH_KEY: '' });

    expect(code).toBe(0);
  });

  test('fails with every problem of the environment', async () => {
    const { code, stderr } = await services.run(tool, [`${FIXTURES}/OrderCreated.json`], {
      CT_API_URL: '',
      CT_SCOPE: '',
    });

    expect(code).toBe(1);
    expect(stderr).toMatch(/CT_API_URL.*CT_SCOPE/s);
  });

  test('ends with 2 without a file', async () => {
    expect((await plan()).code).toBe(2);
  });
});
