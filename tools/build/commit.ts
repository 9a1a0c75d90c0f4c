import { execFileSync } from 'node:child_process';

/** Returns the commit with a + when files differ from it; undefined where git does not know, as on Google's side. */
export function commit(): string | undefined {
  try {
    const args = ['describe', '--always', '--abbrev=12', '--exclude=*', '--dirty=+'];
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
