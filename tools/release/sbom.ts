import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { NAME } from '../../shared/version.ts';

const COMMAND = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];

/**
 * Returns what the function's zip is made of, as CycloneDX in JSON, by npm's own command. npm gets the zip's manifest and lock file, which
 * know production only: of the project's own, `--omit dev` would leave out every production dependency that a dev dependency needs,
 * too (https://github.com/npm/cli/issues/7909).
 *
 * @throws Error when npm cannot tell
 */
export function sbomOf(zip: Uint8Array): string {
  const parent = mkdtempSync(join(tmpdir(), 'sbom-'));
  try {
    // npm names the product after the folder.
    const folder = join(parent, NAME);
    mkdirSync(folder);
    const files = unzipSync(zip, { filter: ({ name }) => /^package(-lock)?\.json$/.test(name) });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return execFileSync('npm', COMMAND, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  } finally {
    rmSync(parent, { recursive: true });
  }
}
