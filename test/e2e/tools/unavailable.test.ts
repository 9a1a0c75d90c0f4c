import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tool as deadLetter } from '../../../tools/operator/dead-letter.ts';
import { tool as doctor } from '../../../tools/operator/doctor.ts';
import { NAME } from '../../doubles/pubsub/client.ts';
import { type Effect, type GrpcProxy, startGrpcProxy } from './grpc-proxy.ts';
import { createTopics, giveUp } from './pubsub.ts';
import { isSkipped, type Site, startSite } from './support.ts';

const PULL = 'Subscriber/Pull';

describe.skipIf(isSkipped)('while Pub/Sub is ailing', () => {
  let site: Site;
  let proxy: GrpcProxy | undefined;

  beforeAll(async () => {
    site = await startSite();
  });

  afterEach(() => proxy?.stop());

  afterAll(() => site?.stop());

  /** Leads the tools to a Pub/Sub whose calls meet these effects one after the other, by method; then it is well. */
  async function ailing(effects: Record<string, (Effect | undefined)[]>): Promise<{ PUBSUB_EMULATOR_HOST: string }> {
    proxy = await startGrpcProxy(site.pubsub.url, (method) => effects[method]?.shift());
    return { PUBSUB_EMULATOR_HOST: proxy.host };
  }

  async function given(name: string): Promise<void> {
    await createTopics(site.pubsub, name);
    await giveUp(site.pubsub, name, 'OrderCreated');
  }

  test('nobody is told that no message was given up', async () => {
    const variables = await ailing({ [PULL]: ['refuse', 'refuse'] });

    const list = await site.run(deadLetter, ['list', '--name', NAME], variables);
    const checks = await site.run(doctor, [], variables);

    expect(list).toEqual({ code: 1, stdout: '', stderr: 'Pub/Sub: Gone.\n' });
    expect(checks.stdout).toMatch(/^✗ messages given up: Pub\/Sub: Gone\.$/m);
  });

  test('silence does not count as an empty subscription', async () => {
    const variables = await ailing({ [PULL]: ['stall'], 'Subscriber/GetSubscription': [undefined, 'refuse'] });

    const { code, stdout } = await site.run(deadLetter, ['list', '--name', NAME, '--lane', 'orders'], variables);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('messages of the first lane are listed though nobody knows whether there is another, with a word about it', async () => {
    await given('which');
    const variables = await ailing({ 'Subscriber/GetSubscription': ['refuse'] });

    const { code, stdout, stderr } = await site.run(deadLetter, ['list', '--name', 'which'], variables);

    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Only the first lane is looked at') });
    expect(stdout).toContain('OrderCreated');
  });

  test('a replay that stops early says so', async () => {
    await given('early');
    const variables = await ailing({ [PULL]: [undefined, 'refuse'] });

    const { code, stdout } = await site.run(deadLetter, ['replay', '--all', '--name', 'early'], variables);

    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('Not all were replayed') });
  });

  test('messages whose lease cannot be renewed are listed all the same, with a word about it', async () => {
    await given('lease');
    const variables = await ailing({ 'Subscriber/ModifyAckDeadline': Array(5).fill('refuse') });

    const { code, stdout, stderr } = await site.run(deadLetter, ['list', '--name', 'lease'], variables);

    expect(code).toBe(0);
    expect(stdout).toContain('OrderCreated');
    expect(stderr.match(/Others may take the same messages/g)).toHaveLength(1);
  });
});
