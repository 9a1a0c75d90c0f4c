import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { readExtension } from '../../shared/extension/installed.ts';
import { lanesWith } from '../../shared/extension/lanes.ts';
import { subscriptionsOf } from '../../shared/handlers/subscriptions.ts';
import { buildFunction, buildHistory } from './bundle.ts';
import { deployedManifest } from './manifest.ts';

const FUNCTION = 'build/function.zip';
const HISTORY = 'build/history.cjs';
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

await packFunction();
packSubscriptions();
await buildHistory({ outfile: HISTORY });
for (const path of [FUNCTION, HISTORY]) {
  const content = readFileSync(path);
  const sha256 = createHash('sha256').update(content).digest('hex');
  console.log(`${path.padEnd(FUNCTION.length)}  ${(content.length / 2 ** 20).toFixed(1)} MiB  sha256 ${sha256}`);
}
