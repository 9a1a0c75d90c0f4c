import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { buildHistory, bundle } from '../build/bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One change of the source: what stands in a file, and what shall stand there instead. */
export interface Patch {
  /** From the project's folder. */
  file: string;
  from: string;
  to: string;
}

/**
 * Builds the function with changes, without touching the source, and gives the folder of the build.
 *
 * @param name of the folder
 * @throws when what shall be changed does not stand in its file exactly once, as the source has moved on
 */
export async function buildPatched(name: string, patches: readonly Patch[]): Promise<string> {
  const folder = await folderOf(name);
  const plugins = [await patching(patches)];
  await bundle({ absWorkingDir: ROOT, outfile: join(folder, 'index.cjs'), plugins });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ main: 'index.cjs' }));
  return folder;
}

/** Builds backfill and reconcile with changes likewise, and gives the file. */
export async function buildPatchedHistory(name: string, patches: readonly Patch[]): Promise<string> {
  const outfile = join(await folderOf(name), 'history.cjs');
  await buildHistory({ absWorkingDir: ROOT, outfile, plugins: [await patching(patches)] });
  return outfile;
}

/** Inside of node_modules, so that the functions-framework is found from there and nobody lints it. */
async function folderOf(name: string): Promise<string> {
  const folder = join(ROOT, 'node_modules/.cache/soak', name);
  await mkdir(folder, { recursive: true });
  return folder;
}

async function patching(patches: readonly Patch[]): Promise<Plugin> {
  const patched = new Map<string, string>();
  for (const { file, from, to } of patches) {
    const path = join(ROOT, file);
    const parts = (patched.get(path) ?? (await readFile(path, 'utf8'))).split(from);
    if (parts.length !== 2) throw new Error(`${file} does not hold this exactly once: ${from}`);
    patched.set(path, parts.join(to));
  }
  return {
    name: 'patches',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = patched.get(path);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      });
    },
  };
}
