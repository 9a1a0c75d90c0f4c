import { describe, expect, test } from 'vitest';
import type { Check } from '../../../tools/operator/doctor/check.ts';
import { tool as doctor } from '../../../tools/operator/doctor.ts';
import { fixture } from '../../fixtures/index.ts';
import { deadLetters } from './letters.ts';
import { createDeployment } from './pubsub.ts';
import { isSkipped } from './support.ts';

describe.skipIf(isSkipped)('of two lanes', () => {
  const letters = deadLetters();
  const { run, given, waiting } = letters;
  const replayed = async (name: string) =>
    (await letters.site.pubsub.take(`${name}-source`)).map(({ data }) => JSON.parse(data).type);

  /** Both lanes of a deployment, each with a message given up. */
  async function lettersInBoth(name: string): Promise<void> {
    await given(name, 'OrderCreated');
    await given(`${name}-catalog`, 'ProductPublished');
  }

  /** What the doctor finds wrong in Pub/Sub. */
  async function examine(...args: string[]): Promise<Check[]> {
    const { stdout } = await letters.site.run(doctor, ['--json', ...args]);
    const checks: Check[] = JSON.parse(stdout);
    return checks.filter(({ name, status }) => status === 'failed' && !name.startsWith('commercetools'));
  }

  test('the doctor finds both by itself, and says which one it speaks of', async () => {
    await createDeployment(letters.site.pubsub, 'both');
    await createDeployment(letters.site.pubsub, 'both-catalog', { ackDeadlineSeconds: 30 });

    expect(await examine('--name', 'both')).toMatchObject([{ name: 'catalog: ack deadline', status: 'failed' }]);
  });

  test('the doctor misses the one that should be there', async () => {
    await createDeployment(letters.site.pubsub, 'half');

    const missing = await examine('--name', 'half', '--lanes', '2');

    expect(missing.map(({ name, detail }) => [name, detail])).toEqual([
      ['catalog: topic', 'does not exist'],
      ['catalog: push subscription', 'does not exist'],
      ['catalog: dead-letter subscription', 'does not exist'],
    ]);
    expect(await examine('--name', 'half')).toEqual([]);
  });

  test('the doctor looks at the delivery that is named, such as one of Eventarc', async () => {
    const { pubsub } = letters.site;
    await createDeployment(pubsub, 'own');
    await createDeployment(pubsub, 'own-catalog');

    expect(await examine('--name', 'own', '--catalog-subscription', 'own-push')).toMatchObject([
      { name: 'catalog: push subscription', detail: 'is of the topic projects/demo/topics/own' },
      { name: 'catalog: dead-letter policy' },
    ]);
  });

  test('the tool for dead letters lists both, and says which one a message is of', async () => {
    await lettersInBoth('list');

    const all = await run('list', 'list');
    const one = await run('list', 'list', '--lane', 'catalog');

    expect(all.stdout).toMatch(/^lane +id +type/);
    expect(all.stdout).toMatch(/^orders +\d+ +OrderCreated/m);
    expect(all.stdout).toMatch(/^catalog +\d+ +ProductPublished/m);
    expect(one.stdout).toMatch(/^id +type/);
    expect(one.stdout).not.toContain('OrderCreated');
  });

  test('a replay brings each message back to the topic of its lane', async () => {
    await lettersInBoth('all');

    const { stdout } = await run('all', 'replay', '--all');

    expect(stdout).toBe('2 replayed\n');
    expect(await replayed('all')).toEqual(['OrderCreated']);
    expect(await replayed('all-catalog')).toEqual(['ProductPublished']);
    expect([await waiting('all'), await waiting('all-catalog')]).toEqual([[], []]);
  });

  test('a replay of one empties it into the other, on the way back to one', async () => {
    await lettersInBoth('back');

    await run('back', 'replay', '--all', '--lane', 'catalog', '--topic', 'back');

    expect(await replayed('back')).toEqual(['ProductPublished']);
    expect((await waiting('back')).map(({ data }) => data)).toEqual([JSON.stringify(fixture('OrderCreated'))]);
  });

  test('a message of the second is found by its id', async () => {
    await lettersInBoth('one');
    const [letter] = JSON.parse((await run('one', 'list', '--json', '--lane', 'catalog')).stdout);

    const { code, stdout } = await run('one', 'drop', letter.id);

    expect({ code, lane: letter.lane }).toEqual({ code: 0, lane: 'catalog' });
    expect(stdout).toContain('dropped');
    expect(await waiting('one-catalog')).toEqual([]);
  });

  test.each([
    ['the doctor of three', () => letters.site.run(doctor, ['--lanes', '3'])],
    ['the tool for dead letters of one that is none', () => run('list', 'list', '--lane', 'prices')],
  ])('%s ends with 2', async (_, end) => {
    expect((await end()).code).toBe(2);
  });
});
