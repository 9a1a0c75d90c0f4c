import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';
import { handlers } from '../../../shared/handlers/index.ts';
import type { Check } from '../../../tools/doctor/check.ts';
import type { Deployment } from '../../../tools/doctor/deployment.ts';
import { diagnose } from '../../../tools/doctor/diagnose.ts';
import { tool } from '../../../tools/doctor.ts';
import { createDeployment, deploymentOf, drafts, RESOURCE_TYPES, subscribe } from './deployment.ts';
import { giveUp, isSkipped, PATIENCE, type Site, startSite } from './support.ts';

const NAME = 'klaviyo-sync';

describe.skipIf(isSkipped)('the doctor', PATIENCE, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    await createDeployment(site.pubsub, NAME);
    await subscribe(site, drafts(NAME));
  }, 60_000);

  afterAll(() => site?.stop());

  function examine(variables: Record<string, string>, deployment: Deployment = deploymentOf(NAME)) {
    vi.stubEnv('PUBSUB_EMULATOR_HOST', site.environment.PUBSUB_EMULATOR_HOST);
    const names = handlers.map(({ name }) => name);
    return diagnose(deployment, () => readConfiguration(names, { ...site.environment, ...variables }));
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
  });

  test('says what to do where something is wrong, and ends with 1', async () => {
    const { code, stdout } = await site.run(tool, [], { CT_API_URL: '' });

    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ environment and settings: CT_API_URL.*\n {4}→ Set the variables/m);
  });

  test('ends with 2 when it does not know what to check', async () => {
    const word = await site.run(tool, ['all']);
    const project = await site.run(tool, [], { GOOGLE_CLOUD_PROJECT: '' });

    expect([word.code, project.code]).toEqual([2, 2]);
    expect(project.stderr).toContain('--project');
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

    test('warns of handlers that are switched off', async () => {
      const checks = await examine({ KLAVIYO_SYNC_SETTINGS: '{"handlers":{"disabled":["refund"]}}' });

      expect(checks[0]).toMatchObject({ status: 'warning', detail: expect.stringContaining('refund') });
    });
  });

  describe.concurrent('in Pub/Sub', () => {
    test.each<[keyof Deployment, string]>([
      ['topic', 'topic'],
      ['subscription', 'push subscription'],
      ['deadLetterSubscription', 'dead-letter subscription'],
    ])('finds that there is no %s', async (resource, name) => {
      const kind = resource === 'topic' ? 'topics' : 'subscriptions';
      const checks = await examine({}, { ...deploymentOf(NAME), [resource]: `projects/demo/${kind}/nowhere` });

      expect(checks.find((check) => check.name === name)).toEqual({
        name,
        status: 'failed',
        detail: 'does not exist',
        advice: expect.stringContaining('terraform apply'),
      });
    });

    test.each<[string, string, object, string, string, string]>([
      ['pushes to nobody', 'no-push', { pushConfig: {} }, 'push subscription', 'pushes to nobody', 'terraform apply'],
      [
        'is forgotten when unused',
        'expires',
        { expirationPolicy: { ttl: '2678400s' } },
        'push subscription',
        'is deleted after 31 d',
        'terraform apply',
      ],
      ['is too impatient', 'hasty', { ackDeadlineSeconds: 30 }, 'ack deadline', '30 s', '--ack-deadline=90'],
      [
        'gives up to nowhere',
        'no-letters',
        { deadLetterPolicy: undefined },
        'dead-letter policy',
        'gives up to nowhere',
        '--dead-letter-topic=projects/demo/topics/no-letters-dead-letter',
      ],
      ['retries at once', 'no-pause', { retryPolicy: undefined }, 'retry policy', 'at once', '--min-retry-delay'],
    ])('finds that the push subscription %s', async (_, name, push, check, detail, advice) => {
      await createDeployment(site.pubsub, name, push);

      const checks = await examine({}, { ...deploymentOf(name), skip: RESOURCE_TYPES });

      expect(withStatus(checks, 'failed')).toEqual([
        {
          name: check,
          status: 'failed',
          detail: expect.stringContaining(detail),
          advice: expect.stringContaining(advice),
        },
      ]);
    });

    test('finds a message that was given up, and leaves it where it is', async () => {
      await createDeployment(site.pubsub, 'letters');
      await giveUp(site.pubsub, 'letters', 'OrderCreated');

      const checks = await examine({}, { ...deploymentOf('letters'), skip: RESOURCE_TYPES });

      expect(withStatus(checks, 'failed')).toMatchObject([
        { name: 'messages given up', advice: 'npm run dead-letter -- list --name letters' },
      ]);
      expect(await site.pubsub.take('letters-dead-letter')).toHaveLength(1);
    });
  });
});
