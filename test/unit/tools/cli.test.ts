import { describe, expect, test, vi } from 'vitest';
import { ConfigurationError, InvalidMessageError } from '../../../shared/errors.ts';
import { countOf, defineTool, messageOf, runTool, ToolError, UsageError } from '../../../tools/operator/support/cli.ts';
import { fullName, projectOf } from '../../../tools/operator/support/google.ts';

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
    [
      'of Google, given up by its client',
      Object.assign(new Error('Total timeout of API exceeded, 14 UNAVAILABLE : Previous errors : [{},\n{}]'), {
        code: 4,
      }),
      'Pub/Sub: Total timeout of API exceeded, 14 UNAVAILABLE',
    ],
    ['a time limit', new DOMException('It took too long', 'TimeoutError'), 'unexpected TimeoutError'],
    ['for the operator', new ToolError('no credentials'), 'no credentials'],
    ['unexpected', new TypeError('jane@example.org is not a function'), 'unexpected TypeError'],
    ['not even one', 'jane@example.org', 'unexpected error'],
  ])('that is %s is told without personal data', (_, error, message) => {
    expect(messageOf(error)).toEqual(message);
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
