import { execFile } from 'node:child_process';
import { parseArgs } from 'node:util';
import { describe, expect, test } from 'vitest';
import { BENCH_HELP, BENCH_OPTIONS, benchOptionsOf } from '../../../../tools/bench/options.ts';
import { SCENARIOS } from '../../../../tools/bench/scenarios.ts';
import { UsageError } from '../../../../tools/operator/support/cli.ts';

const read = (...args: string[]) => benchOptionsOf(parseArgs({ args, options: BENCH_OPTIONS }).values);

/** Runs the tool, which ends before it builds or measures anything. */
const run = (...args: string[]) =>
  new Promise((resolve) =>
    execFile(process.execPath, ['tools/bench/bench.ts', ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    ),
  );

describe('the options of the benchmark', () => {
  test('are those of docs/performance.md when nothing is given', () => {
    const { load, ...rest } = read();

    expect(load).toMatchObject({ latency: 50, concurrency: undefined, messages: 1000, seconds: 4, pairs: 1 });
    expect(rest).toMatchObject({ isPart: false, withStart: true, isCount: false, scenarios: SCENARIOS });
  });

  test('take numbers, lists and kinds', () => {
    const { kinds, withStart, load } = read('--only', 'order,refund', '--latency', '0', '--concurrency', '1,8');

    expect(kinds.map(({ name }) => name)).toEqual([
      'order-1',
      'order-4',
      'order-4-new-customer',
      'order-4-cold',
      'order-50',
      'refund',
    ]);
    expect(withStart).toBe(false);
    expect(load).toMatchObject({ latency: 0, concurrency: [1, 8] });
    expect(read('--only', 'order-surge,start')).toMatchObject({
      kinds: [],
      scenarios: ['order-surge'],
      withStart: true,
    });
    expect(read('--vs', '../other').load).toMatchObject({ folders: ['.', '../other'], pairs: 3 });
  });

  test.each([
    ['--latency', 'abc'],
    ['--latency', ''],
    ['--seconds', 'x'],
    ['--seconds', '0'],
    ['--messages', '1.5'],
    ['--pairs', 'two'],
    ['--concurrency', '1,,8'],
    ['--only', 'basket'],
  ])('refuse %s %j', (...args) => {
    expect(() => read(...args)).toThrow(UsageError);
  });

  test('are told by --help, and a wrong one ends with 2, without a stack', async () => {
    expect(await run('--help')).toEqual({ code: 0, stdout: `${BENCH_HELP.trim()}\n`, stderr: '' });
    expect(await run('--slowly')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.not.stringContaining('    at '),
    });
  });
});
