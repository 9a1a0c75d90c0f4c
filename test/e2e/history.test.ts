import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { backfill, reconcile } from '../../tools/operator/history/tools.ts';
import { eventually } from '../doubles/eventually.ts';
import { ids } from '../fixtures/ids.ts';
import { type Services, startServices, startTool } from './tools/support.ts';

describe('backfill and reconcile', () => {
  let services: Services;
  let folder: string;

  beforeAll(async () => {
    services = await startServices({ PREFERRED_CURRENCY: 'EUR', PREFERRED_LOCALE: 'en-GB' });
    folder = mkdtempSync(join(tmpdir(), 'history-'));
  });
  beforeEach(async () => {
    services.klaviyo.reset();
    await services.shop.reset();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await services.stop();
  });

  const written = () =>
    services.klaviyo.requests.filter(({ method, path }) => method !== 'GET' && !path.includes('metric-aggregates'));

  test('bring an account to where both sides agree, and leave one alone where they do', async () => {
    const first = await services.run(backfill, ['--yes']);
    services.klaviyo.requests.length = 0;
    const second = await services.run(reconcile, ['--repair']);

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(first.stdout).toMatch(/^profiles +5 +5 +0 +0 +0 +5 *$/m);
    expect(first.stdout).toContain('Both sides agree.');
    expect(written()).toEqual([]);
    expect(services.klaviyo.violations).toEqual([]);
  });

  test('plan and write nothing with --dry-run', async () => {
    const { code, stdout } = await services.run(backfill, ['--dry-run']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^customers {3,}\d+ +\d+ +\d/m);
    expect(stdout).toMatch(/New profiles, each of which Klaviyo bills: about \d+ of customers, up to \d+ of guests/);
    expect(written()).toEqual([]);
  });

  test('name what differs, by id and field and never by value, and write it down', async () => {
    await services.run(backfill, ['--yes', '--only', 'customers']);
    const json = join(folder, 'differences.json');
    const profile = services.klaviyo.profileByEmail('lena.brandt@example.org');
    if (profile) profile.first_name = 'Somebody';
    const { code, stdout } = await services.run(reconcile, ['--json', json, '--only', 'customers']);
    const lines = readFileSync(json, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(code).toBe(1);
    expect(stdout).toContain(`differing: profile ${ids.customer(1)}, first_name`);
    expect(stdout).not.toMatch(/Somebody|@example/);
    expect(lines).toEqual([{ subject: 'profile', what: 'differing', id: ids.customer(1), fields: ['first_name'] }]);
  });

  test('end before anything is done when a key lacks a scope, and name each', async () => {
    services.klaviyo.scopes = ['profiles:read', 'profiles:write', 'events:read', 'events:write'];
    const { code, stderr } = await services.run(backfill, ['--yes', '--only', 'customers,orders']);
    services.klaviyo.scopes = 'all';

    expect(code).toBe(1);
    expect(stderr).toContain('lacks lists:write, which customers need');
    expect(stderr).toContain('lacks metrics:read, which orders, refunds need');
    expect(stderr).not.toMatch(/profiles|events/);
    expect(written()).toEqual([]);
  });

  test('end at the first write that a key may not make, and say which scopes writing needs', async () => {
    services.klaviyo.scopes = ['catalogs:read', 'profiles:read', 'lists:read'];
    const { code, stdout, stderr } = await services.run(backfill, ['--yes', '--only', 'categories,customers']);
    services.klaviyo.scopes = 'all';

    expect(code).toBe(1);
    expect(stdout).toContain('not all was looked at');
    expect(stderr).toContain('catalogs:write, lists:write, profiles:write');
    expect(services.klaviyo.state.categories.size).toBe(0);
  });

  test.each([
    [['--repair'], 'backfill writes whatever is missing'],
    [['now'], 'What is now?'],
    [[], 'say --yes'],
    [['--yes', '--json', '/nowhere/at-all.json'], 'there is no such folder'],
  ])('are not understood with %j', async (args, reason) => {
    const { code, stderr } = await services.run(backfill, args);

    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(services.klaviyo.requests).toEqual([]);
  });

  test('go on when the file of differences is full, and say so', async () => {
    const { code, stdout, stderr } = await services.run(reconcile, ['--json', '/dev/full', '--only', 'categories']);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^categories +\d+ /m);
    expect(stderr).toContain('--json /dev/full: the disk is full');
  });

  test('finish what is in flight at a signal, and go on with the same command', async () => {
    services.klaviyo.latency = 50;
    const command = ['--yes', '--only', 'categories,products'];
    const tool = startTool('backfill', command, services.environment);
    let output = '';
    for (const stream of [tool.stdout, tool.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    const ended = once(tool, 'exit');
    await eventually(() => written()[0], 'the first write');
    tool.kill('SIGTERM');
    const [code] = await ended;
    const answers = services.klaviyo.requests.map(({ status }) => status);
    services.klaviyo.latency = 0;
    const next = await services.run(backfill, command);

    expect(code).toBe(1);
    expect(output).toContain('the same command goes on from there');
    expect(answers).not.toContain(undefined);
    expect(next.stdout).toContain('Both sides agree.');
  });
});
