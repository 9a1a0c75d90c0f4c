import { describe, expect, test } from 'vitest';
import { eventually } from '../../doubles/eventually.ts';
import { fixture } from '../../fixtures/index.ts';
import { startGrpcProxy } from './grpc-proxy.ts';
import { deadLetters } from './letters.ts';
import { createTopics, LEASE_SECONDS } from './pubsub.ts';
import { isSkipped, startTool } from './support.ts';

describe.skipIf(isSkipped)('a replay of dead letters', () => {
  const letters = deadLetters();
  const { run, given, waiting } = letters;
  const replayed = (name: string) => letters.site.pubsub.take(`${name}-source`);

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

  test('does not replay what it has published itself, read from a subscription of the topic itself', async () => {
    await createTopics(letters.site.pubsub, 'switch');
    await letters.site.pubsub.publish('switch', JSON.stringify(fixture('OrderCreated')));

    const { stdout } = await run('switch', 'replay', '--all', '--subscription', 'switch-source');

    expect(stdout).toBe('1 replayed\n');
    expect(await replayed('switch')).toHaveLength(1);
  });

  test('replays those of a type, at most a number of them', async () => {
    await given('some', 'OrderCreated', 'OrderCreated', 'OrderCreated', 'CustomerCreated');

    const { stdout } = await run('some', 'replay', '--type', 'OrderCreated', '--limit', '2');

    expect(stdout).toBe('2 replayed\n');
    expect(await replayed('some')).toHaveLength(2);
    expect(await waiting('some')).toHaveLength(2);
  });

  test('replays those with the ids that are given, and names the ids that are not there', async () => {
    await given('ids', 'OrderCreated', 'CustomerCreated', 'CategoryCreated');
    const list: { id: string; type: string }[] = JSON.parse((await run('ids', 'list', '--json')).stdout);
    const [first, second] = list.filter(({ type }) => type !== 'CustomerCreated').map(({ id }) => id);

    const { code, stdout, stderr } = await run('ids', 'replay', `${first}`, '4711', `${second}`);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '2 replayed\n' });
    expect(stderr).toContain('There is no message 4711');
    expect((await replayed('ids')).map(({ data }) => JSON.parse(data).type).sort()).toEqual([
      'CategoryCreated',
      'OrderCreated',
    ]);
    expect((await waiting('ids')).map(({ data }) => JSON.parse(data).type)).toEqual(['CustomerCreated']);
  });

  test('only says what it would replay in a dry run', async () => {
    await given('dry', 'OrderCreated', 'CustomerCreated');

    const { stdout } = await run('dry', 'replay', '--type', 'CustomerCreated', '--dry-run');

    expect(stdout).toMatch(/CustomerCreated .*\n1 would be replayed\n$/);
    expect(stdout).not.toContain('OrderCreated');
    expect(await replayed('dry')).toEqual([]);
    expect(await waiting('dry')).toHaveLength(2);
  });

  test('fails when a message is published to a topic that is not there, and keeps it', async () => {
    await given('lost', 'OrderCreated');

    const { code, stdout, stderr } = await run('lost', 'replay', '--all', '--topic', 'nowhere');

    expect(code).toBe(1);
    expect(stdout).toContain('still among the dead letters');
    expect(stderr).toContain('Pub/Sub:');
    expect(await waiting('lost')).toHaveLength(1);
  });

  test.each([
    ['before it is published', 'Publisher/Publish', 0],
    ['between its publishing and its acknowledgement', 'Subscriber/Acknowledge', 1],
  ])('loses nothing when it is killed while it replays a message, %s', async (_, method, published) => {
    const name = `killed-${published}`;
    await given(name, 'OrderCreated');
    const proxy = await startGrpcProxy(letters.site.pubsub.url, (called) => (called === method ? 'stall' : undefined));
    const environment = { ...letters.site.environment, PUBSUB_EMULATOR_HOST: proxy.host };
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
});
