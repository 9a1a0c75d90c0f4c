import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';
import type { Check } from '../../../tools/operator/doctor/check.ts';
import type { Deployment } from '../../../tools/operator/doctor/deployment.ts';
import { diagnose } from '../../../tools/operator/doctor/diagnose.ts';
import type { LaneResources } from '../../../tools/operator/support/lanes.ts';
import { NAME } from '../../doubles/pubsub/client.ts';
import { fixture } from '../../fixtures/index.ts';
import { deploymentOf, laneOf, RESOURCE_TYPES } from './deployment.ts';
import { createDeployment, giveUp } from './pubsub.ts';
import { isSkipped, type Site, startSite } from './support.ts';

describe.skipIf(isSkipped)('the doctor, in Pub/Sub,', { concurrent: true }, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
  });

  afterAll(() => site?.stop());

  function examine(deployment: Deployment) {
    vi.stubEnv('PUBSUB_EMULATOR_HOST', site.environment.PUBSUB_EMULATOR_HOST);
    const skip = RESOURCE_TYPES;
    return diagnose({ ...deployment, skip }, () => readConfiguration(site.environment));
  }

  const failures = (checks: Check[]) => checks.filter(({ status }) => status === 'failed');

  test.each<[keyof LaneResources, string]>([
    ['topic', 'topic'],
    ['subscription', 'push subscription'],
    ['deadLetterSubscription', 'dead-letter subscription'],
  ])('finds that there is no %s', async (resource, name) => {
    const kind = resource === 'topic' ? 'topics' : 'subscriptions';
    const checks = await examine({
      ...deploymentOf(NAME),
      lanes: [{ ...laneOf(NAME), [resource]: `projects/demo/${kind}/nowhere` }],
    });

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
  ])('finds that the push subscription %s', async (_, name, push, check, detail, advice) => {
    await createDeployment(site.pubsub, name, push);

    const checks = await examine(deploymentOf(name));

    expect(failures(checks)).toEqual([
      {
        name: check,
        status: 'failed',
        detail: expect.stringContaining(detail),
        advice: expect.stringContaining(advice),
      },
    ]);
  });

  test('names the project that a message comes from, where it is another one', async () => {
    await createDeployment(site.pubsub, 'foreign');
    await giveUp(site.pubsub, 'foreign', JSON.stringify({ ...fixture('OrderCreated'), projectKey: 'other-shop' }));

    const checks = await examine(deploymentOf('foreign'));

    expect(failures(checks)).toMatchObject([
      { name: 'messages given up', detail: expect.stringMatching(/; some come from other-shop, not from demo-shop$/) },
    ]);
  });

  test('finds a message that was given up, and leaves it where it is', async () => {
    await createDeployment(site.pubsub, 'letters');
    await giveUp(site.pubsub, 'letters', 'OrderCreated');

    const checks = await examine(deploymentOf('letters'));

    expect(failures(checks)).toMatchObject([
      { name: 'messages given up', advice: 'npm run dead-letter -- list --name letters --lane orders' },
    ]);
    expect(await site.pubsub.take('letters-dead-letter')).toHaveLength(1);
  });
});
