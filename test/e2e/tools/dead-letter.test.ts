import { describe, expect, test } from 'vitest';
import { tool } from '../../../tools/operator/dead-letter.ts';
import { fixture } from '../../fixtures/index.ts';
import { deadLetters } from './letters.ts';
import { isSkipped } from './support.ts';

const PERSONAL = /[\w.]+@example\.org/;

describe.skipIf(isSkipped)('the tool for dead letters', () => {
  const letters = deadLetters();
  const { run, given, waiting } = letters;
  const idOf = (list: string, type: string) => new RegExp(`^(\\d+) +${type}`, 'm').exec(list)?.[1] ?? '';

  test('lists type, resource, attempts, age and likely reason, without personal data, again and again', async () => {
    await given('list', 'OrderCreated', 'CustomerCreated', '{"notificationType":');

    const first = await run('list', 'list');
    const second = await run('list', 'list');

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^\d+ +OrderCreated +order 0de5\S+ +100 +2 d +would go through now, unless Klaviyo refuses it \(4 writes\)$/m,
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

    const { code, stdout, stderr } = await letters.site.run(tool, ['list', '--name', 'bare'], { CT_API_URL: '' });

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

  test('lists and shows as JSON, without personal data', async () => {
    await given('json', 'OrderCreated', 'CustomerCreated', 'not JSON');

    const list = JSON.parse((await run('json', 'list', '--json')).stdout);
    const [order] = list.filter(({ type }: { type: string }) => type === 'OrderCreated');
    const { stdout } = await run('json', 'show', order.id, '--json');

    expect(list.map(({ type }: { type: string }) => type).sort()).toEqual(['?', 'CustomerCreated', 'OrderCreated']);
    expect(order).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      resource: expect.stringMatching(/^order /),
      attempts: 100,
      likelyReason: expect.stringContaining('would go through now'),
    });
    expect(JSON.parse(stdout)).toMatchObject([
      {
        ...order,
        handler: 'order-placed',
        source: 'json-push',
        writes: [{ kind: 'identify' }, { kind: 'createEvent' }, {}, {}],
      },
    ]);
    expect(stdout).not.toMatch(PERSONAL);
  });

  test('lists, shows and drops those of a type', async () => {
    await given('typed', 'CustomerCreated', 'OrderCreated', 'not JSON');

    const list = await run('typed', 'list', '--type', 'OrderCreated');
    const shown = await run('typed', 'show', '--type', 'OrderCreated');
    const dropped = await run('typed', 'drop', '--type', '?');

    expect(list.stdout).toMatch(/OrderCreated/);
    expect(list.stdout).not.toMatch(/CustomerCreated|\?/);
    expect(shown.stdout.match(/^type .*/gm)).toEqual([expect.stringContaining('OrderCreated')]);
    expect(dropped.stdout).toMatch(/^\d+ \? of \? dropped\n$/);
    expect(await waiting('typed')).toHaveLength(2);
  });

  test('lists without Klaviyo’s key, with reasons', async () => {
    await given('keyless', 'OrderCreated');

    const { stdout, stderr } = await letters.site.run(tool, ['list', '--name', 'keyless'], { KLAVIYO_AUTH_KEY: '' });

    expect(stderr).toBe('');
    expect(stdout).toContain('would go through now');
  });

  test('drops one for good', async () => {
    await given('drop', 'CustomerCreated', 'OrderCreated');
    const id = idOf((await run('drop', 'list')).stdout, 'CustomerCreated');

    const { code, stdout } = await run('drop', 'drop', id);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+ CustomerCreated of customer \S+ dropped$/m);
    expect((await waiting('drop')).map(({ data }) => JSON.parse(data).type)).toEqual(['OrderCreated']);
  });

  test.each([
    ['nothing', []],
    ['an unknown command', ['look']],
    ['show without an ID', ['show']],
    ['replay without saying what', ['replay']],
    ['replay of all and of some', ['replay', '--all', '--limit', '1']],
    ['a limit that is no number', ['list', '--limit', 'x']],
    ['an unknown option', ['list', '--everything']],
    ['a type that no handler takes', ['list', '--type', 'OrderCraeted']],
    ['drop of the first that come', ['drop', '--limit', '3']],
    ['all of anything but a replay', ['drop', '--all']],
    ['a replay of all and of one', ['replay', '--all', '123']],
    ['a replay as JSON', ['replay', '--all', '--json']],
  ])('ends with 2 for %s', async (_, args) => {
    expect((await letters.site.run(tool, args)).code).toBe(2);
  });

  test('ends with 1 for a message or a subscription that is not there', async () => {
    await given('empty');
    const [message, subscription] = [await run('empty', 'show', '12345'), await run('nowhere', 'list')];

    expect([message.code, subscription.code]).toEqual([1, 1]);
    expect(message.stderr).toContain('There is no message 12345');
    expect((await run('empty', 'list')).stdout).toBe('No message has been given up.\n');
  });
});
