import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
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
/** The earliest time that a zip can tell, in any time zone. */
const mtime = new Date(1980, 0, 2);

/**
 * Builds the function and packs it into build/function.zip, for Terraform: the bundle, and a manifest and a lock file
 * without scripts and dev dependencies, so that nothing is built on Google's side. The same input gives the same bytes.
 */
async function packFunction(): Promise<void> {
  await buildFunction();
  const files = {
    'dist/index.cjs': readFileSync('dist/index.cjs'),
    'dist/index.cjs.map': readFileSync('dist/index.cjs.map'),
    ...deployedManifest(),
  };
  mkdirSync('build', { recursive: true });
  writeFileSync(FUNCTION, zipSync(files, { mtime, level: 9 }));
}

/** Writes what the zip has to be subscribed to, where an extension adds handlers: Terraform looks for it beside the zip. */
function packSubscriptions(): void {
  const extension = readExtension();
  if (extension?.handlers.length)
    writeFileSync(SUBSCRIPTIONS, JSON.stringify(subscriptionsOf(lanesWith(extension)), null, 2));
  else rmSync(SUBSCRIPTIONS, { force: true });
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
  await packFunction();
  packSubscriptions();
  await buildHistory({ outfile: HISTORY });
  const files: Record<string, string> = {};
  for (const path of [FUNCTION, HISTORY]) {
    const hash = hashOf(path);
    files[basename(path)] = hash;
    console.log(`${path.padEnd(FUNCTION.length)}  ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB  sha256 ${hash}`);
  }
  tellVersion(files);
  return [FUNCTION, HISTORY, VERSION_FILE];
}

if (import.meta.main) await pack();
