import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';
import type { Check } from '../../../tools/operator/doctor/check.ts';
import { diagnose } from '../../../tools/operator/doctor/diagnose.ts';
import { tool } from '../../../tools/operator/doctor.ts';
import { NAME } from '../../doubles/pubsub/client.ts';
import { drafts, subscribe } from '../../doubles/shop/subscriptions.ts';
import { deploymentOf, RESOURCE_TYPES } from './deployment.ts';
import { isSkipped, type Site, startSite } from './support.ts';

describe.skipIf(isSkipped)('the doctor', () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    await subscribe(site.shop, drafts());
  });

  afterAll(() => site?.stop());

  function examine(variables: Record<string, string>) {
    vi.stubEnv('PUBSUB_EMULATOR_HOST', site.environment.PUBSUB_EMULATOR_HOST);
    return diagnose(deploymentOf(NAME), () => readConfiguration({ ...site.environment, ...variables }));
  }

  const withStatus = (checks: Check[], wanted: Check['status']) => checks.filter(({ status }) => status === wanted);

  test('finds nothing wrong with a whole deployment, and says what it could not find out', async () => {
    const { code, stdout } = await site.run(tool, ['--json']);
    const checks: Check[] = JSON.parse(stdout);

    expect(code).toBe(0);
    expect(withStatus(checks, 'warning').map(({ name }) => name)).toEqual([
      // The emulator keeps nothing for more than 7 days and has no IAM.
      'dead-letter subscription',
      'commercetools may publish',
      'Pub/Sub may dead-letter',
      'Pub/Sub may take from the source',
      // Nor does it run the function.
      'version',
    ]);
    expect(withStatus(checks, 'ok').map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'environment and settings',
        'commercetools credentials',
        'commercetools scope view_orders',
        ...RESOURCE_TYPES.map((type) => `commercetools subscription ${NAME}-${type}`),
        'Klaviyo key: profiles',
        'Klaviyo key: events',
        'Klaviyo key: catalogs',
        'Klaviyo metrics',
        'topic',
        'push subscription',
        'ack deadline',
        'dead-letter policy',
        'retry policy',
        'messages given up',
      ]),
    );
  });

  test('prints a mark for each check', async () => {
    const { code, stdout } = await site.run(tool, ['--skip', 'payment']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ commercetools credentials: a token for /m);
    expect(stdout).toMatch(/^✓ commercetools subscription klaviyo-sync-payment: left out on purpose$/m);
    expect(stdout).toMatch(/^! commercetools may publish: not checked: the emulator has no IAM$/m);
    expect(stdout).toMatch(/^! version: not checked: the emulator runs no function; this doctor is \d+\.\d+\.\d+/m);
  });

  test('says what to do where something is wrong, and ends with 1', async () => {
    const { code, stdout } = await site.run(tool, [], { CT_API_URL: '' });

    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ environment and settings: CT_API_URL.*\n {4}→ Set the variables/m);
  });

  test('ends with 2 when it does not know what to check', async () => {
    const word = await site.run(tool, ['all']);
    const project = await site.run(tool, [], { GOOGLE_CLOUD_PROJECT: '' });
    const both = await site.run(tool, ['--connect', '--topic', 'shop']);

    expect([word.code, project.code, both.code]).toEqual([2, 2, 2]);
    expect(project.stderr).toContain('--project');
    expect(both.stderr).toContain('--topic is for a deployment at Google');
  });

  describe.concurrent('in the environment', () => {
    test('names each variable that is wrong', async () => {
      const checks = await examine({ CT_API_URL: 'nowhere', KLAVIYO_AUTH_KEY: '' });

      expect(withStatus(checks, 'failed')).toEqual([
        {
          name: 'environment and settings',
          status: 'failed',
          detail: expect.stringMatching(/CT_API_URL: .*; KLAVIYO_AUTH_KEY: /),
          advice: expect.stringContaining('.env'),
        },
      ]);
    });

    test('names each setting that is wrong', async () => {
      const checks = await examine({ KLAVIYO_SYNC_SETTINGS: '{"limits":{"attemptSeconds":"long"}}' });

      expect(checks[0]).toMatchObject({
        status: 'failed',
        detail: expect.stringContaining('KLAVIYO_SYNC_SETTINGS.limits.attemptSeconds'),
      });
    });

    test('warns of what looks wrong', async () => {
      const checks = await examine({ CT_SCOPE: 'view_orders:other-shop' });

      expect(checks[0]).toMatchObject({ status: 'warning', detail: expect.stringContaining('view_orders:other-shop') });
    });

    test('warns of handlers that are switched off', async () => {
      const checks = await examine({ KLAVIYO_SYNC_SETTINGS: '{"handlers":{"disabled":["refund"]}}' });

      expect(checks[0]).toMatchObject({ status: 'warning', detail: expect.stringContaining('refund') });
    });
  });
});
