import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { readExtension } from '../../shared/extension/installed.ts';
import { lanesWith } from '../../shared/extension/lanes.ts';
import { subscriptionsOf } from '../../shared/handlers/subscriptions.ts';
import { VERSION } from '../../shared/version.ts';
import { buildFunction, buildHistory } from './bundle.ts';
import { commit } from './commit.ts';
import { versionLabels } from './labels.ts';
import { deployedManifest } from './manifest.ts';

const FUNCTION = 'build/function.zip';
const HISTORY = 'build/history.cjs';
const VERSION_FILE = 'build/version.json';
const SUBSCRIPTIONS = 'build/subscriptions.json';

const HELP = `
Writes what Terraform deploys to build/: function.zip, history.cjs, version.json and, of an extension with handlers,
subscriptions.json. The same sources give the same bytes. KLAVIYO_SYNC_EXTENSION names another extension than extension.ts.

  npm run package
`;

/** The earliest time that a zip can tell, in any time zone. */
const mtime = new Date(1980, 0, 2);

/**
 * Packs the function that was built into build/function.zip, for Terraform: the bundle, and a manifest and a lock file
 * without scripts and dev dependencies, so that nothing is built on Google's side. The same input gives the same bytes.
 */
function packFunction(): void {
  const files = {
    'dist/index.cjs': readFileSync('dist/index.cjs'),
    'dist/index.cjs.map': readFileSync('dist/index.cjs.map'),
    ...deployedManifest(),
  };
  writeFileSync(FUNCTION, zipSync(files, { mtime, level: 9 }));
}

/**
 * Writes what the zip has to be subscribed to, where an extension adds handlers: Terraform looks for it beside the zip. Returns whether
 * it did.
 *
 * @throws ConfigurationError with everything that is wrong with the extension
 */
function packSubscriptions(): boolean {
  const extension = readExtension();
  if (extension?.handlers.length) {
    writeFileSync(SUBSCRIPTIONS, JSON.stringify(subscriptionsOf(lanesWith(extension)), null, 2));
    return true;
  }
  rmSync(SUBSCRIPTIONS, { force: true });
  return false;
}

/** Writes build/version.json, by which Terraform labels what it deploys: the version and the commit of which files, by their hashes. */
function tellVersion(files: Record<string, string>): void {
  const built = commit();
  const told = { version: VERSION, commit: built, labels: versionLabels(VERSION, built), files };
  writeFileSync(VERSION_FILE, `${JSON.stringify(told, null, 2)}\n`);
}

/** Returns the SHA-256 of a file, in hexadecimal digits. Throws when it cannot be read. */
export const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Writes build/: what Terraform deploys, and which version it is. Returns the paths. */
export async function pack(): Promise<string[]> {
  mkdirSync('build', { recursive: true });
  await buildFunction();
  // Of an extension that cannot be loaded there is no zip.
  const isSubscribing = packSubscriptions();
  packFunction();
  await buildHistory({ outfile: HISTORY });
  const files: Record<string, string> = {};
  for (const path of [FUNCTION, HISTORY]) {
    const hash = hashOf(path);
    files[basename(path)] = hash;
    console.log(`${path.padEnd(FUNCTION.length)}  ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB  sha256 ${hash}`);
  }
  tellVersion(files);
  return [FUNCTION, HISTORY, VERSION_FILE, ...(isSubscribing ? [SUBSCRIPTIONS] : [])];
}

if (import.meta.main) {
  const { help } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values;
  if (help) console.log(HELP.trim());
  else await pack();
}
