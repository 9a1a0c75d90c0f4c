import { execFileSync } from 'node:child_process';

/** Returns the files that differ from the commit, or that it does not have and that are not ignored; none where there is no git. */
export const uncommitted = (folder = '.'): string[] =>
  lines(['status', '--porcelain', '--untracked-files=normal'], folder).map((line) => line.slice(3));

/** Returns whether there is a tag in this clone. */
export const hasTag = (tag: string, folder = '.'): boolean => lines(['tag', '--list', tag], folder).length > 0;

/** Returns what git prints, a line each; nothing where git does not know. */
function lines(args: string[], cwd: string): string[] {
  try {
    const printed = execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return printed.split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}
