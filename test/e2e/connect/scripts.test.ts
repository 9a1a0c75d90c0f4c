import type { Subscription } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { HANDLER_NAMES } from '../../../shared/config/settings/handlers.ts';
import needs from '../../../terraform/subscriptions.json' with { type: 'json' };
import { tool as doctor } from '../../../tools/operator/doctor.ts';
import { runHere } from '../tools/support.ts';
import { commercetoolsClientOf } from './client.ts';
import { connectSite, TOPIC } from './site.ts';

const PREFIX = 'klaviyo-connect';

describe('the scripts of commercetools Connect', () => {
  const site = connectSite();
  const { script } = site;
  const client = () => commercetoolsClientOf(site.shop);
  const wanted = Object.keys(needs)
    .map((typeId) => `${PREFIX}-${typeId}`)
    .sort();
  const changes = () =>
    site.shop.requests
      .filter(({ method, path }) => method !== 'GET' && path.includes('/subscriptions'))
      .map(({ method, body }) => (method === 'POST' ? body : method));
  async function subscriptions(): Promise<Subscription[]> {
    const all = await client().subscriptions();
    return all.sort((one, other) => (String(one.key) < String(other.key) ? -1 : 1));
  }
  const orders = async () => (await subscriptions()).find(({ key }) => key === `${PREFIX}-order`);

  test('make every subscription, and find nothing to do the second time', async () => {
    const first = await script('postDeploy');
    const made = await subscriptions();
    site.shop.requests.length = 0;
    const second = await script('postDeploy');
    const examined = await runHere(doctor, ['--connect', '--name', PREFIX], site.environment({}));

    expect(examined).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`commercetools subscription ${PREFIX}-order: complete and healthy`),
    });
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining(`${PREFIX}-order: created`) });
    expect(made.map(({ key }) => key)).toEqual(wanted);
    expect(made.find(({ key }) => key === `${PREFIX}-payment`)).toMatchObject({
      destination: { type: 'GoogleCloudPubSub', topic: 'the-topic', projectId: 'the-project' },
      messages: [{ resourceTypeId: 'payment', types: needs.payment.messages }],
      changes: [],
    });
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining(`${PREFIX}-order: is as it should be`) });
    expect(changes()).toEqual([]);
    expect(await subscriptions()).toEqual(made);
  });

  test('change messages in place, and nothing else', async () => {
    await script('postDeploy');
    const before = await orders();
    await client().setMessages(`${PREFIX}-order`, [{ resourceTypeId: 'order', types: ['OrderCreated'] }]);
    site.shop.requests.length = 0;

    const { code, output } = await script('postDeploy');

    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('order: updated: setMessages\n'),
    });
    expect(await orders()).toMatchObject({ id: before?.id, messages: before?.messages });
    expect(changes()).toMatchObject([{ actions: [{ action: 'setMessages' }] }]);
  });

  test('change the destination in place, say so, and leave alone what another deployment has then', async () => {
    await script('postDeploy');
    const before = await subscriptions();

    const moved = await script('postDeploy', { CONNECT_GCP_TOPIC_NAME: 'another-topic' });
    const left = await script('preUndeploy');

    expect(moved).toMatchObject({
      code: 0,
      output: expect.stringMatching(/changeDestination; until now .* the-topic: .* SUBSCRIPTION_PREFIX/),
    });
    expect(left).toMatchObject({ code: 0, output: expect.stringMatching(/is left alone, .* another-topic/) });
    expect(await subscriptions()).toEqual(
      before.map((one) => ({
        ...one,
        version: one.version + 1,
        destination: { ...one.destination, topic: 'another-topic' },
      })),
    );
  });

  test('report to SNS on AWS', async () => {
    const { code } = await script('postDeploy', {
      CONNECT_GCP_TOPIC_NAME: '',
      CONNECT_GCP_PROJECT_ID: '',
      CONNECT_SUBSCRIPTION_DESTINATION: 'SNS',
      CONNECT_AWS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:topic',
    });

    expect(code).toBe(0);
    expect((await orders())?.destination).toEqual({
      type: 'SNS',
      topicArn: 'arn:aws:sns:eu-central-1:1:topic',
      authenticationMode: 'IAM',
    });
  });

  test('delete the subscription of what is switched off', async () => {
    await script('postDeploy');
    const settings = `base64:${btoa('{"handlers":{"disabled":["refund","review"]}}')}`;

    const { code, output } = await script('postDeploy', { KLAVIYO_SYNC_SETTINGS: settings });

    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(`${PREFIX}-payment: deleted`) });
    const left = (await subscriptions()).map(({ key }) => key);
    expect(left).toEqual(wanted.filter((key) => !/-(payment|review)$/.test(key)));
    expect(HANDLER_NAMES).toContain('refund');
  });

  test('do again what somebody else was quicker with', async () => {
    await script('postDeploy');
    const conflict = { statusCode: 409, message: '-', errors: [{ code: 'ConcurrentModification', message: '-' }] };
    const match = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.includes(`${PREFIX}-order`);
    site.shop.faults.add({ match, effect: { kind: 'status', status: 409, body: conflict } });

    const { code } = await script('postDeploy', { ...TOPIC, CONNECT_GCP_TOPIC_NAME: 'another-topic' });

    expect(code).toBe(0);
    expect(await orders()).toMatchObject({ destination: { topic: 'another-topic' } });
  });

  test('delete all, whatever is wrong with the settings, and find nothing to do the second time', async () => {
    await script('postDeploy');
    const first = await script('preUndeploy', { KLAVIYO_SYNC_SETTINGS: '{', PREFERRED_CURRENCY: 'euro' });
    const left = await subscriptions();
    const second = await script('preUndeploy');

    expect(first).toMatchObject({ code: 0, output: expect.stringContaining(`${PREFIX}-order: deleted`) });
    expect(left).toEqual([]);
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining(`${PREFIX}-order: is not there`) });
  });

  test.each([
    ['a variable is missing', { CONNECT_GCP_TOPIC_NAME: '' }, /CONNECT_GCP_TOPIC_NAME missing/],
    ['the client is missing', { CTP_CLIENT_ID: '' }, /CTP_CLIENT_ID: is needed with CTP_CLIENT_SECRET/],
    ['the settings are broken', { KLAVIYO_SYNC_SETTINGS: 'base64:?' }, /KLAVIYO_SYNC_SETTINGS: expected the Base64/],
    ['the secret is wrong', { CTP_CLIENT_SECRET: 'wrong' }, /commercetools gave no token/],
  ])('fail and say why when %s', async (_, variables, words) => {
    const { code, output } = await script('postDeploy', variables);

    expect(code).not.toBe(0);
    expect(output).toMatch(words);
    expect(await subscriptions()).toEqual([]);
  });

  test.each(['postDeploy', 'preUndeploy'] as const)('%s fails and names the scope that lacks', async (name) => {
    const match = ({ path }: { path: string }) => path.includes('/subscriptions');
    site.shop.faults.add({ match, times: Number.POSITIVE_INFINITY, effect: { kind: 'status', status: 403 } });

    const { code, output } = await script(name);

    expect(code).not.toBe(0);
    expect(output).toMatch(/needs manage_subscriptions: inheritAs\.apiClient\.scopes in connect\.yaml/);
  });

  test('say what to look at when commercetools refuses the topic, and do the others', async () => {
    const refusal = { statusCode: 400, message: '-', errors: [{ code: 'InvalidInput', message: '-' }] };
    const match = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.includes('/subscriptions');
    site.shop.faults.add({ match, effect: { kind: 'status', status: 400, body: refusal } });

    const { code, output } = await script('postDeploy');

    expect(code).not.toBe(0);
    expect(output).toMatch(/400, InvalidInput\).*test message to the topic/);
    expect(await subscriptions()).toHaveLength(wanted.length - 1);
  });
});
