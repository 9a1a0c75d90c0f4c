import { describe, expect, test, vi } from 'vitest';
import { ConfigurationError, InvalidMessageError } from '../../../shared/errors.ts';
import type { Profile, Write } from '../../../shared/klaviyo/writes.ts';
import { countOf, defineTool, messageOf, runTool, UsageError } from '../../../tools/support/cli.ts';
import { describeWrite, tableOfWrites } from '../../../tools/support/describe.ts';
import { fullName, projectOf } from '../../../tools/support/google.ts';
import { duration, table } from '../../../tools/support/table.ts';

const profile: Profile = {
  externalId: 'customer-1',
  email: 'jane@example.org',
  firstName: 'Jane',
  lastName: null,
  title: null,
  organization: null,
  locale: null,
  phoneNumber: undefined,
  location: { city: 'Berlin' },
  properties: { vip: true },
};

describe('a tool', () => {
  const tool = defineTool({
    help: 'How to use it.',
    options: { fail: { type: 'boolean' } },
    async run({ fail }, [word]) {
      if (word) throw new UsageError('One word too many.');
      return !fail;
    },
  });

  const run = async (...args: string[]) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const code = await runTool(tool, args);
    const said = [...log.mock.calls, ...error.mock.calls].flat().join('\n');
    vi.restoreAllMocks();
    return { code, said };
  };

  test('ends with 0 when all is well and with 1 when it is not', async () => {
    expect([(await run()).code, (await run('--fail')).code]).toEqual([0, 1]);
  });

  test('prints its help and does nothing else', async () => {
    expect(await run('--help', '--fail')).toEqual({ code: 0, said: 'How to use it.' });
  });

  test.each([[['word']], [['--unknown']], [['--fail=yes']]])('ends with 2 for %j', async (args) => {
    expect(await run(...args)).toEqual({ code: 2, said: expect.stringContaining('--help') });
  });
});

describe('an error', () => {
  test.each([
    ['our own', new InvalidMessageError('It is not JSON'), 'InvalidMessageError: It is not JSON'],
    ['of the configuration', new ConfigurationError(['A: is required']), expect.stringContaining('A: is required')],
    ['of Google', Object.assign(new Error('5 NOT_FOUND'), { code: 5, details: 'no topic' }), 'Pub/Sub: no topic'],
    ['of missing credentials', new Error('Could not load the default credentials.'), expect.stringContaining('gcloud')],
    ['unexpected', new TypeError('jane@example.org is not a function'), 'unexpected TypeError'],
    ['not even one', 'jane@example.org', 'unexpected error'],
  ])('that is %s is told without personal data', (_, error, message) => {
    expect(messageOf(error)).toEqual(message);
  });
});

describe('a write', () => {
  const sellable = { title: 'Jeans', description: '', url: '', imageFullUrl: null, price: 79.95, customMetadata: {} };
  const event = { metric: 'Placed Order', uniqueId: 'order-1', time: '2026-01-01T00:00:00Z', value: 1.5 };

  test.each<[Write, object]>([
    [
      { kind: 'upsertProfile', profile },
      {
        target: 'customer-1',
        fields: { sets: 'email, firstName, city', clears: 'lastName, title, organization, locale', properties: 1 },
      },
    ],
    [
      {
        kind: 'createEvent',
        event: { ...event, profile: { email: profile.email }, valueCurrency: 'EUR', properties: { OrderId: '1' } },
      },
      {
        target: 'order-1',
        fields: { metric: 'Placed Order', time: '2026-01-01T00:00:00Z', value: '1.5 EUR', properties: 1 },
      },
    ],
    [
      { kind: 'upsertCategory', category: { id: 'c', name: 'Women > Pants' }, descendants: [{ id: 'd', name: 'x' }] },
      { target: 'c', fields: { name: 'Women > Pants', descendants: 1 } },
    ],
    [
      { kind: 'upsertItem', item: { id: 'p', ...sellable, variants: [], categories: [] } },
      { target: 'p', fields: { title: 'Jeans', price: 79.95, variants: 0, categories: 0 } },
    ],
    [
      { kind: 'setInventory', variantId: 'sku', stock: { inventoryQuantity: 7, inventoryPolicy: 1 } },
      { target: 'sku', fields: { quantity: 7, policy: 1 } },
    ],
    [
      { kind: 'deleteItem', id: 'p' },
      { target: 'p', fields: {} },
    ],
  ])('is described by ids, amounts and counts: %j', (write, description) => {
    expect(describeWrite(write)).toEqual({ kind: write.kind, ...description });
    expect(tableOfWrites([write])).not.toMatch(/jane|Jane|Berlin/);
  });
});

describe('a table', () => {
  test('has columns as wide as what is in them, and no spaces at the end', () => {
    expect(
      table(
        ['id', 'type'],
        [
          ['1234', 'x'],
          ['5', ''],
        ],
      ),
    ).toBe('id    type\n1234  x\n5');
  });

  test.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
    [-5, '0 s'],
  ])('tells %i milliseconds as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

describe('the options', () => {
  test('take a name or a full name', () => {
    expect(fullName('p', 'topics', 'orders')).toBe('projects/p/topics/orders');
    expect(fullName('p', 'topics', 'projects/q/topics/orders')).toBe('projects/q/topics/orders');
  });

  test('take the project from the environment', () => {
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'from-environment');
    expect([projectOf(undefined), projectOf('given')]).toEqual(['from-environment', 'given']);
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', '');
    expect(() => projectOf(undefined)).toThrow(UsageError);
    vi.unstubAllEnvs();
  });

  test.each(['0', '-1', '1.5', 'x', ''])('refuse %j for a number', (value) => {
    expect(() => countOf('limit', value)).toThrow('--limit takes a number');
    expect(countOf('limit', '12')).toBe(12);
  });
});
