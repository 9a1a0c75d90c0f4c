import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const AUTHOR = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgSign=false'];

/** Makes an empty repository of git in a folder of its own. Returns the folder, git in it, and how to take it away. */
export function newRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'repository-'));
  const git = (...args: string[]) => execFileSync('git', [...AUTHOR, ...args], { cwd: folder, encoding: 'utf8' });
  git('init', '--quiet');
  return { folder, git, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
