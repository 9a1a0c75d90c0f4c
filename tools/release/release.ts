import { readFileSync, writeFileSync } from 'node:fs';
import { defineTool, runTool, ToolError, UsageError } from '../operator/support/cli.ts';
import { cut } from './changelog.ts';
import { problemsOf } from './check.ts';
import { hasTag, uncommitted } from './git.ts';

const CHANGELOG = 'CHANGELOG.md';

const HELP = `
Writes what is published of a version to build/release/: the zip, the program of history, an SBOM, hashes. Tags and publishes
nothing: .github/workflows/release.yml does, when a tag is pushed.

  npm run release -- [options]

  --tag TAG      refuse unless tag, package.json, lock file and CHANGELOG.md agree, and nothing differs from the commit
  --check        only look whether they do
  --links URL    where the repository's files are, for the links of the notes
  --cut VERSION  only name what is unreleased in CHANGELOG.md after a version; npm version does
  --help         print this
`;

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** Makes a release. */
export const tool = defineTool({
  help: HELP,
  options: {
    tag: { type: 'string' },
    check: { type: 'boolean' },
    links: { type: 'string' },
    cut: { type: 'string' },
  },
  async run({ tag, check, links, cut: version }, [unexpected]) {
    if (unexpected) throw new UsageError(`What is ${unexpected}?`);
    if (check && tag === undefined) throw new UsageError('--check needs --tag');
    const changelog = readFileSync(CHANGELOG, 'utf8');
    if (version !== undefined) {
      if (hasTag(`v${version}`))
        throw new ToolError(
          `There is a tag v${version} already; one that was never pushed may go: git tag --delete v${version}`,
        );
      const today = new Date().toISOString().slice(0, 10);
      writeFileSync(CHANGELOG, cut(changelog, version, today));
      return true;
    }
    const [manifest, lock] = [readJson('package.json'), readJson('package-lock.json')];
    const problems =
      tag === undefined ? [] : problemsOf({ tag, manifest, lock, changelog, uncommitted: uncommitted() });
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) return false;
    if (check) return true;
    // Whoever only looks needs nothing that npm installs.
    const { buildRelease } = await import('./build.ts');
    await buildRelease(changelog, links);
    return true;
  },
});

if (import.meta.main) process.exitCode = await runTool(tool);
