import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../doubles/eventually.ts';

const CHILD = new URL('../../doubles/child.ts', import.meta.url);
const PARENT = `
  import { startChild } from ${JSON.stringify(CHILD.href)};
  const child = startChild({ command: 'sleep', args: ['60'] });
  console.log(child.pid);
`;

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Starts a process that starts another, and gives both. */
async function startParent(then: string) {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT + then]);
  const ended = once(parent, 'exit');
  const [line] = await once(parent.stdout, 'data');
  return { parent, ended, pid: Number(String(line)) };
}

describe('a child', () => {
  it('ends with its parent, also when that is killed', async () => {
    const { parent, ended, pid } = await startParent('');
    expect(isAlive(pid)).toBe(true);

    parent.kill('SIGKILL');
    await ended;

    await eventually(() => !isAlive(pid) || undefined, 'the end of the child');
  });

  it('holds its parent no longer than it lives itself', async () => {
    const { ended, pid } = await startParent('await child.stop();');

    expect(await ended).toEqual([0, null]);
    expect(isAlive(pid)).toBe(false);
  });
});
