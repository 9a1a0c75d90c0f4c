import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('a rejection that nobody handles ends the process by its own name', () => {
  const program = `const { withoutDomains } = await import('./shared/process/domains.ts');
    withoutDomains(() => false);
    Promise.reject(new RangeError('floating'));`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('RangeError: floating')]);
});
