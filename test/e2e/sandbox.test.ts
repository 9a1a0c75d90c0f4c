import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROWS } from '../../tools/sandbox/rows.ts';
import { answering, type Child, startChild } from '../doubles/child.ts';
import { eventually } from '../doubles/eventually.ts';
import { brokers } from './emulator.ts';

const node = (...args: string[]) => promisify(execFile)(process.execPath, args);

/** What the report of a run names, such as `differing c-1 first_name`. */
const namedIn = (report: string): string[] =>
  [...report.matchAll(/^(missing|differing|extra): .*? ([^ ,]+)(?:, unique id ([^ ,]+))?(?:, (.*))?$/gm)]
    .map(([, what, id, uniqueId, fields = '']) => `${what} ${uniqueId ?? id} ${fields}`.trim())
    .sort();

/** What the stand-in says that it broke, in the same words. */
function brokenIn(answer: string): string[] {
  const broken: { what: string; id: string; field?: string; with?: string[] }[] = JSON.parse(answer);
  return broken
    .flatMap(({ what, id, field = '', with: others = [] }) => [
      `${what} ${id} ${field}`.trim(),
      ...others.map((other) => `missing ${other}`),
    ])
    .sort();
}

/** Starts it with --keep, and waits until it is up. Throws what it says when it ends before. */
async function keep(...args: string[]): Promise<Child> {
  const sandbox = startChild({ command: process.execPath, args: ['tools/sandbox/sandbox.ts', '--keep', ...args] });
  const isUp = () => {
    if (sandbox.ended()) throw new Error(sandbox.output());
    return sandbox.output().includes('Ctrl-C ends everything') || undefined;
  };
  await eventually(isUp, 'the sandbox', 300);
  return sandbox;
}

describe.for(brokers)('npm run sandbox -- --keep, with $kind', ({ kind, isSkipped }) => {
  let sandbox: Child;

  beforeAll(async () => {
    if (!isSkipped) sandbox = await keep(...(kind === 'in-process' ? ['--in-process'] : []));
  });
  afterAll(async () => {
    if (isSkipped) return;
    const urls = sandbox.output().match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
    expect(await answering(urls)).not.toEqual([]);
    sandbox.kill('SIGINT');
    expect(await sandbox.exit).toBe(0);
    expect(await answering(urls), 'what still runs').toEqual([]);
  });

  it.skipIf(isSkipped)('brings every notification to Klaviyo', () => {
    const arrived = sandbox
      .output()
      .split('\n')
      .filter((line) => /^ ✓ \d+ of \d+ /.test(line));
    for (const { becomes } of ROWS) expect(arrived.filter((line) => line.endsWith(`  ${becomes}`))).toHaveLength(1);
    expect(sandbox.output()).toContain('Dead-letter topic: 1 message');
    expect(sandbox.output()).not.toContain('\u001b');
  });

  it.runIf(kind === 'in-process')('takes more in the way that it prints', async () => {
    const { output } = sandbox;
    const commands = [...output().matchAll(/npm run send -- (\S+)(?: \\\n +(--\w+) (\S+))?/g)].map(([, ...args]) =>
      args.filter(Boolean),
    );
    const sent = await Promise.all(commands.map((args) => node('tools/operator/send.ts', ...args)));
    expect(sent.map(({ stdout }) => stdout)).toEqual([
      expect.stringContaining('OrderCreated.json: published as message'),
      expect.stringContaining('OrderCreated.json: 204 acknowledged'),
    ]);
    const told = /✓ Message OrderCreated \(message .*, attempt 1\): order-placed, synced/g;
    await eventually(() => output().match(told)?.length === 2 || undefined, 'both messages');
  });

  it.runIf(kind === 'in-process')('tells a story of history that comes true', async () => {
    const { output } = sandbox;
    const commands = output().match(/^ {2}(curl|npm run (backfill|reconcile)).*$/gm) ?? [];
    const [variables] = output().match(/^ {2}\. build.*$/m) ?? [];
    const told: { code: number; stdout: string }[] = [];
    for (const command of commands)
      told.push(
        await promisify(execFile)('sh', ['-c', `${variables}\n${command}`]).then(
          ({ stdout }) => ({ code: 0, stdout }),
          ({ code, stdout }) => ({ code, stdout }),
        ),
      );

    const [wiped, filled, equal, broken, found, repaired] = told;
    expect(told.map(({ code }) => code)).toEqual([0, 0, 0, 0, 1, 0]);
    expect(wiped?.stdout).not.toContain('@');
    for (const one of [filled, equal, repaired]) expect(one?.stdout).toContain('Both sides agree.');
    expect(namedIn(found?.stdout ?? '')).toEqual(brokenIn(broken?.stdout ?? ''));
  });

  it.runIf(kind === 'emulator' && !isSkipped)('is a deployment that the tools find nothing wrong with', async () => {
    const { output } = sandbox;
    const commands = output().match(/^ {2}(\. build\/|npm run (doctor|dead-letter)).*$/gm) ?? [];
    const operate = (...lines: string[]) => promisify(execFile)('sh', ['-ec', lines.join('\n')]);
    const { stdout } = await operate(...commands);

    expect(stdout).toContain('✓ commercetools subscription klaviyo-sync-inventory-entry: complete and healthy');
    expect(stdout).toContain('! retry policy: none, as the emulator');
    expect(stdout).not.toContain('✗');
    expect(stdout).toContain('No message has been given up.');

    const malformed = ['OrderCreated.wrong-money', 'CustomerCreated.wrong-types', 'OrderCreated.wrong-money'];
    await node(
      'tools/operator/send.ts',
      ...malformed.map((name) => `test/fixtures/platform-format/invalid/${name}.json`),
    );
    const givenUp = /✗ .*attempt 5\): .*, given up: it is a dead letter now/g;
    await eventually(() => output().match(givenUp)?.length === 3 || undefined, 'three messages to be given up');
    const list = await operate(...commands.filter((command) => !command.includes('doctor')));

    expect(output().match(/attempt 1\)/g)).toHaveLength(3);
    // The doctor looked at Klaviyo, and no attempt is told to have done it.
    expect(output().split('Ctrl-C ends everything')[1]).not.toMatch(/GET (profiles|events|catalog-items)/);
    expect(list.stdout.match(/InvalidMessageError/g)).toHaveLength(3);
  });
});
