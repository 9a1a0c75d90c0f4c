import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { startShop } from '../../doubles/shop/index.ts';
import { fixture } from '../../fixtures/index.ts';
import { buildWith, functionWith, startBuilt } from './built.ts';

const FAILING = 'test/fixtures/extensions/failing.ts';

describe('an extension that fails', async () => {
  const built = await functionWith(FAILING);

  /** Where the source says something. */
  const lineOf = (text: string) =>
    readFileSync(FAILING, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;

  test('fails its message, whose log line names the hook, the write and the place', async () => {
    const line = await built.push(fixture('OrderCreated'));

    expect(line).toMatchObject({
      handler: 'order-placed',
      outcome: 'failed',
      severity: 'ERROR',
      error: {
        class: 'ExtensionError',
        extension: 'failing',
        hook: 'event',
        write: 'createEvent Placed Order 0de50000-0000-4000-8000-000000000001',
        at: expect.stringMatching(`^${FAILING}:${lineOf('new TypeError')}:\\d+$`),
      },
    });
    expect(built.klaviyo.eventsOf('Ordered Product')).toEqual([]);
  });

  test.each([
    ['CustomerCreated', 'profile', /email: has to stay as it is/],
    ['ProductPublished', 'item', /returned a promise/],
    ['ResourceUpdated.key-value-document', 'handler eager', /planned what cannot be written: 0\.kind/],
  ])('fails %s alone, and nothing is written', async (name, hook, words) => {
    const line = await built.push(fixture(name));

    expect(line).toMatchObject({ outcome: 'failed', error: { class: 'ExtensionError', hook } });
    expect(line.error?.message).toMatch(words);
    expect(built.klaviyo.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('fails the message of a promise that nobody awaits, and the process goes on', async () => {
    const line = await built.push(fixture('ResourceUpdated.order'));

    expect(line).toMatchObject({ outcome: 'failed', error: { class: 'ExtensionError', hook: 'handler forgetful' } });
    expect(line.error?.message).toMatch(/threw InvalidMessageError: .* in a promise that nobody awaits$/);
  });

  test('takes nothing from other messages', async () => {
    const lines = [await built.push(fixture('CategoryCreated')), await built.push(fixture('ResourceDeleted.category'))];

    expect(lines).toMatchObject([{ outcome: 'synced' }, { outcome: 'synced' }]);
    expect(built.output()).not.toMatch(/@example\.org|Straight Jeans/);
  });
});

test('an extension that is not as it has to be ends the process at start, with everything that is wrong', async () => {
  const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
  const fn = await startBuilt(await buildWith('test/fixtures/extensions/invalid.ts'), shop, klaviyo);

  expect(await fn.exit).toBe(1);
  for (const problem of [
    /name: expected a name of letters/,
    /event: expected a function that is not async/,
    /profile: expected a function/,
    /handlers\.0\.name: is the name of a handler of ours/,
    /handlers\.0: takes no messages and no changes/,
    /"onEvent"/,
  ])
    expect(fn.output()).toMatch(problem);
  await Promise.all([shop.stop(), klaviyo.stop()]);
});
