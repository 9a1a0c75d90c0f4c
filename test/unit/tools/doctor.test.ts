import { describe, expect, test } from 'vitest';
import { checkIam } from '../../../tools/operator/doctor/iam.ts';
import { checkDeadLetters, checkSource } from '../../../tools/operator/doctor/pubsub.ts';
import type { Google, Policy } from '../../../tools/operator/support/google.ts';
import { laneOf } from '../../e2e/tools/deployment.ts';

const lane = laneOf('klaviyo-sync');
const AGENT = 'serviceAccount:service-123@gcp-sa-pubsub.iam.gserviceaccount.com';
const COMMERCETOOLS = 'serviceAccount:subscriptions@commercetools-platform.iam.gserviceaccount.com';

const policy = (role: string, ...members: string[]): Policy => ({
  bindings: [{ role: `roles/pubsub.${role}`, members }],
});

const COMPLETE: Record<string, Policy> = {
  [lane.topic]: policy('publisher', COMMERCETOOLS),
  [lane.deadLetterTopic]: policy('publisher', AGENT),
  [lane.subscription]: policy('subscriber', AGENT),
};

const examine = (policyOf: Google['policyOf']) => Promise.all(checkIam({ policyOf }, lane));

describe('the doctor, of IAM,', () => {
  test('finds nothing wrong when everybody has the role they need', async () => {
    const checks = await examine(async (_, resource) => COMPLETE[resource]);

    expect(checks.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  });

  test.each([
    ['commercetools may publish', lane.topic, 'topics', 'publisher', 'commercetools-platform'],
    ['Pub/Sub may dead-letter', lane.deadLetterTopic, 'topics', 'publisher', 'PROJECT_NUMBER@gcp-sa-pubsub'],
    ['Pub/Sub may take from the source', lane.subscription, 'subscriptions', 'subscriber', 'gcp-sa-pubsub'],
  ])(
    'warns of a role that is missing on the resource itself, as the project may grant it: %s',
    async (name, resource, kind, role, member) => {
      const policies = {
        ...COMPLETE,
        [resource]: policy(role, 'serviceAccount:somebody-else@p.iam.gserviceaccount.com'),
      };

      const missing = (await examine(async (_, of) => policies[of])).filter(({ status }) => status !== 'ok');

      expect(missing).toMatchObject([
        { name, status: 'failed', advice: expect.stringContaining(`gcloud pubsub ${kind} add-iam-policy-binding`) },
      ]);
      expect(missing[0]?.advice).toContain(member);
      expect(missing[0]?.advice).toContain(`--role=roles/pubsub.${role}`);
    },
  );

  test('takes a role that includes the one that is needed', async () => {
    const policies = { ...COMPLETE, [lane.deadLetterTopic]: policy('admin', AGENT) };

    expect((await examine(async (_, of) => policies[of])).every(({ status }) => status === 'ok')).toBe(true);
  });

  test('says honestly what it may not read, or what is not there to read', async () => {
    const denied = await examine(() => Promise.reject(Object.assign(new Error('denied'), { code: 7 })));
    const emulator = await examine(async () => undefined);

    expect(denied.map(({ status, detail }) => [status, detail])).toEqual(
      Array(3).fill(['warning', 'not checked: you may not read the policy']),
    );
    expect(emulator.map(({ status }) => status)).toEqual(['warning', 'warning', 'warning']);
  });
});

describe('the doctor, of the push subscription,', () => {
  const withoutPolicy = async () => ({ topic: lane.topic, retryPolicy: null });
  const retries = async (isEmulator: boolean) => {
    const checks = await checkSource(withoutPolicy, lane, { attemptSeconds: 50, isEmulator });
    return checks.find(({ name }) => name === 'retry policy');
  };

  test('finds that it retries at once', async () => {
    expect(await retries(false)).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('at once'),
      advice: expect.stringContaining('--min-retry-delay=10s'),
    });
  });

  test('takes that for a warning where it is the emulator’s, which never gives several up with a policy', async () => {
    expect(await retries(true)).toMatchObject({ status: 'warning', detail: expect.stringContaining('emulator') });
  });
});

describe('the doctor, of the dead-letter subscription,', () => {
  const subscriptionOf = (days: number) => ({
    topic: lane.deadLetterTopic,
    messageRetentionDuration: { seconds: String(days * 86_400) },
  });
  const examineDays = (days: number) => checkDeadLetters(async () => subscriptionOf(days), lane);

  test('is content with 31 days and warns of fewer', async () => {
    expect(await examineDays(31)).toMatchObject([{ status: 'ok', detail: 'keeps messages for 31 days' }]);
    expect(await examineDays(7)).toMatchObject([{ status: 'warning', detail: 'keeps messages for 7 days only' }]);
  });

  test('finds that it is of another topic', async () => {
    const other = { ...subscriptionOf(31), topic: 'projects/demo/topics/other' };

    expect(await checkDeadLetters(async () => other, lane)).toMatchObject([
      { status: 'failed', detail: 'is of the topic projects/demo/topics/other' },
    ]);
  });
});
