import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tool } from '../../../tools/dead-letter.ts';
import { fixture } from '../../fixtures/index.ts';
import { eventually } from '../../sandbox/run/eventually.ts';
import { startStallingProxy } from './stalling-proxy.ts';
import {
  createTopics,
  giveUp,
  isSkipped,
  LEASE_SECONDS,
  PATIENCE,
  type Site,
  startSite,
  startTool,
} from './support.ts';

const PERSONAL = /[\w.]+@example\.org/;

describe.skipIf(isSkipped)('the tool for dead letters', PATIENCE, () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
  }, 60_000);

  afterAll(() => site?.stop());

  const run = (name: string, ...args: string[]) => site.run(tool, [...args, '--name', name]);

  /** A subscription of its own for a test, with these messages given up. */
  async function given(name: string, ...contents: string[]): Promise<void> {
    await createTopics(site.pubsub, name);
    for (const content of contents) await giveUp(site.pubsub, name, content);
  }

  const waiting = (name: string) => site.pubsub.take(`${name}-dead-letter`);
  const replayed = (name: string) => site.pubsub.take(`${name}-source`);
  const idOf = (list: string, type: string) => new RegExp(`^(\\d+) +${type}`, 'm').exec(list)?.[1] ?? '';

  test('lists type, resource, attempts, age and likely reason, without personal data, again and again', async () => {
    await given('list', 'OrderCreated', 'CustomerCreated', '{"notificationType":');

    const first = await run('list', 'list');
    const second = await run('list', 'list');

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^\d+ +OrderCreated +order 0de5\S+ +100 +2 d +would go through now, unless Klaviyo refuses it \(3 writes\)$/m,
    );
    expect(first.stdout).toMatch(/^\d+ +CustomerCreated +customer \S+ +100 +2 d +would go through now/m);
    expect(first.stdout).toMatch(/^\d+ +\? +\? +100 +2 d +InvalidMessageError: .* is not JSON$/m);
    expect(first.stdout).not.toMatch(PERSONAL);
    expect(second.stdout).toBe(first.stdout);
    expect(await waiting('list')).toHaveLength(3);
  });

  test('tells the reason that a plan of now finds', async () => {
    const payment = fixture('PaymentTransactionAdded');
    await given('reason', JSON.stringify({ ...payment, resource: { typeId: 'payment', id: 'unknown' } }));

    const { stdout } = await run('reason', 'list');

    expect(stdout).toMatch(/PaymentTransactionAdded +payment unknown +100 +2 d +RetryableError: no order has payment/m);
  });

  test('lists without the environment of the function, and says that it gives no reasons', async () => {
    await given('bare', 'OrderCreated');

    const { code, stdout, stderr } = await site.run(tool, ['list', '--name', 'bare'], { CT_API_URL: '' });

    expect(code).toBe(0);
    expect(stdout).toMatch(/OrderCreated +order \S+ +100 +2 d +not planned$/m);
    expect(stderr).toContain('CT_API_URL');
  });

  test('shows one, with its payload only when asked', async () => {
    await given('show', 'CustomerCreated', 'OrderCreated');
    const id = idOf((await run('show', 'list')).stdout, 'CustomerCreated');

    const shown = await run('show', 'show', id);
    const whole = await run('show', 'show', id, '--show-payload');

    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/likely reason +would go through now/);
    expect(shown.stdout).toMatch(/attempts +100 by show-push/);
    expect(shown.stdout).toMatch(/upsertProfile +c05\S+ +sets: email, firstName/);
    expect(shown.stdout).toMatch(/jsonPayload\.notificationId="\S+"/);
    expect(shown.stdout).not.toMatch(PERSONAL);
    expect(whole.stdout).toContain(JSON.stringify(fixture('CustomerCreated')));
    expect(await waiting('show')).toHaveLength(2);
  });

  test('replays all, as they were published', async () => {
    await given('all', 'OrderCreated', 'CustomerCreated', 'not even JSON');

    const { code, stdout } = await run('all', 'replay', '--all');

    expect({ code, stdout }).toEqual({ code: 0, stdout: '3 replayed\n' });
    expect(await waiting('all')).toEqual([]);
    const messages = await replayed('all');
    expect(messages.map(({ data }) => data).sort()).toEqual(
      [JSON.stringify(fixture('OrderCreated')), JSON.stringify(fixture('CustomerCreated')), 'not even JSON'].sort(),
    );
    for (const { attributes } of messages)
      expect(attributes).toEqual({ origin: 'test', originalPublishTime: expect.any(String) });
  });

  test('replays those of a type, at most a number of them', async () => {
    await given('some', 'OrderCreated', 'OrderCreated', 'OrderCreated', 'CustomerCreated');

    const { stdout } = await run('some', 'replay', '--type', 'OrderCreated', '--limit', '2');

    expect(stdout).toBe('2 replayed\n');
    expect(await replayed('some')).toHaveLength(2);
    expect(await waiting('some')).toHaveLength(2);
  });

  test('only says what it would replay in a dry run', async () => {
    await given('dry', 'OrderCreated', 'CustomerCreated');

    const { stdout } = await run('dry', 'replay', '--type', 'CustomerCreated', '--dry-run');

    expect(stdout).toMatch(/CustomerCreated .*\n1 would be replayed\n$/);
    expect(stdout).not.toContain('OrderCreated');
    expect(await replayed('dry')).toEqual([]);
    expect(await waiting('dry')).toHaveLength(2);
  });

  test('drops one for good', async () => {
    await given('drop', 'CustomerCreated', 'OrderCreated');
    const id = idOf((await run('drop', 'list')).stdout, 'CustomerCreated');

    const { code, stdout } = await run('drop', 'drop', id);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+ CustomerCreated of customer \S+ dropped$/m);
    expect((await waiting('drop')).map(({ data }) => JSON.parse(data).type)).toEqual(['OrderCreated']);
  });

  test('fails when a message is published to a topic that is not there, and keeps it', async () => {
    await given('lost', 'OrderCreated');

    const { code, stdout, stderr } = await run('lost', 'replay', '--all', '--topic', 'nowhere');

    expect(code).toBe(1);
    expect(stdout).toContain('still in the dead-letter subscription');
    expect(stderr).toContain('Pub/Sub:');
    expect(await waiting('lost')).toHaveLength(1);
  });

  test.each([
    ['before it is published', '/google.pubsub.v1.Publisher/Publish', 0],
    ['between its publishing and its acknowledgement', '/google.pubsub.v1.Subscriber/Acknowledge', 1],
  ])('loses nothing when it is killed while it replays a message, %s', async (_, method, published) => {
    const name = `killed-${published}`;
    await given(name, 'OrderCreated');
    const proxy = await startStallingProxy(site.pubsub.url, method);
    const environment = { ...site.environment, PUBSUB_EMULATOR_HOST: proxy.host };
    const child = startTool('dead-letter', ['replay', '--all', '--name', name], environment);
    const closed = new Promise((resolve) => child.on('close', resolve));

    await proxy.stalled;
    child.kill('SIGKILL');
    await closed;
    await proxy.stop();

    expect(await replayed(name)).toHaveLength(published);
    // What a process that was killed held comes back when its lease is over.
    const kept = await eventually(
      async () => {
        const messages = await waiting(name);
        return messages.length > 0 ? messages : undefined;
      },
      'the message to be back',
      2 * LEASE_SECONDS,
    );
    expect(kept).toHaveLength(1);
  });

  test.each([
    ['nothing', []],
    ['an unknown command', ['look']],
    ['show without an ID', ['show']],
    ['replay without saying what', ['replay']],
    ['replay of all and of some', ['replay', '--all', '--limit', '1']],
    ['a limit that is no number', ['list', '--limit', 'x']],
    ['an unknown option', ['list', '--everything']],
  ])('ends with 2 for %s', async (_, args) => {
    expect((await site.run(tool, args)).code).toBe(2);
  });

  test('ends with 1 for a message or a subscription that is not there', async () => {
    await given('empty');
    const [message, subscription] = [await run('empty', 'show', '12345'), await run('nowhere', 'list')];

    expect([message.code, subscription.code]).toEqual([1, 1]);
    expect(message.stderr).toContain('There is no message 12345');
    expect((await run('empty', 'list')).stdout).toBe('No message has been given up.\n');
  });
});
