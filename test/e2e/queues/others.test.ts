import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseNotification } from '../../../shared/platform-format/payload.ts';
import { envelopeOf } from '../../../shared/queues/message.ts';
import { inCloudEventsFormat } from '../../doubles/delivery.ts';
import { functionVariables } from '../../doubles/environment.ts';
import { fixture, fixtureText } from '../../fixtures/index.ts';
import { queuesForAll } from './support.ts';

const { shop, klaviyo, folder, started, placed } = await queuesForAll('aws', 'azure', 'queue');
const order = fixture('OrderCreated');
const category = fixture('CategoryCreated');
const malformed = fixtureText('invalid/OrderCreated.wrong-money.json');

describe('Azure Functions', () => {
  test('syncs what comes by Service Bus and Event Grid', async () => {
    const { call } = await started('azure');
    expect(await call('serviceBus', order)).toEqual({});
    expect(await call('serviceBus', JSON.stringify(category))).toEqual({});
    expect(await call('eventGrid', inCloudEventsFormat(order))).toEqual({});

    expect(placed()).toHaveLength(1);
    expect(klaviyo.state.categories).toHaveLength(1);
  });

  test('fails with what cannot be done, and with a batch', async () => {
    const { call } = await started('azure');
    for (const body of [malformed, [order, order], 'no JSON'])
      expect(await call('serviceBus', body)).toMatchObject({ error: { name: 'InvalidMessageError' } });
    expect(placed()).toEqual([]);
  });
});

describe('the guide', () => {
  const guide = readFileSync('docs/other-queues.md', 'utf8');
  const blocks = (language: string) =>
    [...guide.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);

  test('has an Azure app that Azure’s own library takes', async () => {
    const [app = '', timer = ''] = blocks('js');
    await writeFile(join(folder, 'app.js'), app + timer);
    const env = { ...functionVariables(shop, klaviyo), NODE_PATH: join(process.cwd(), 'node_modules') };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['app.js'], { cwd: folder, env, encoding: 'utf8' });

    expect([status, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    for (const name of ['klaviyo-sync', 'klaviyo-sync-events', 'klaviyo-sync-tick'])
      expect(stdout + stderr).toContain(`register function "${name}"`);
  });

  test('has JSON that can be read', () => {
    const types = blocks('json').map((text) => JSON.parse(text).type);
    expect(types).toEqual(['SQS', undefined, 'AzureServiceBus', 'EventGrid']);
  });

  test('has Terraform that names nothing but what it makes', () => {
    const [hcl = ''] = blocks('hcl');
    const made = [...hcl.matchAll(/^resource "(\w+)" "(\w+)"/gm)].map(([, type, name]) => `${type}.${name}`);
    const named = [...hcl.matchAll(/\baws_\w+\.\w+/g)].map(([reference]) => reference);
    expect(made).toEqual(expect.arrayContaining(named));
  });

  test('has a tick that looks at the carts of its time, whenever a queue takes it again', () => {
    const time = '2026-06-01T12:00:00Z';
    const tick = blocks('json').find((text) => text.includes('Tick'));
    const payload = tick?.replace('<aws.scheduler.scheduled-time>', time);
    expect(parseNotification(envelopeOf({ payload }))).toMatchObject({ notificationType: 'Tick', time });
  });
});

describe('any other queue', () => {
  test('hands a message over, and hears of a failure', async () => {
    const { call, lines } = await started('queue');
    expect(await call('receive', { id: 'good', payload: order })).toEqual({});
    expect(await call('receive', { id: 'bad', payload: 'no JSON' })).toMatchObject({
      error: { name: 'InvalidMessageError' },
    });

    expect(placed()).toHaveLength(1);
    await expect
      .poll(() => lines.slice(1))
      .toMatchObject([
        { messageId: 'good', outcome: 'synced' },
        { messageId: 'bad', outcome: 'failed' },
      ]);
  });
});

test.each(['aws', 'azure', 'queue'])(
  '%s is not loaded where the configuration is wrong, and says why',
  async (name) => {
    const { exit, lines } = await started(name, { KLAVIYO_AUTH_KEY: '', CT_API_URL: 'ftp://hidden' });
    expect(await exit).not.toBe(0);
    const output = lines.join('\n');
    for (const problem of ['ConfigurationError', 'KLAVIYO_AUTH_KEY: is required', 'CT_API_URL: expected'])
      expect(output).toContain(problem);
    expect(output).not.toContain('hidden');
  },
);
