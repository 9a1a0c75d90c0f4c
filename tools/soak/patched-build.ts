import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../build/bundle.ts';

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
  // Inside of node_modules, so that the functions-framework is found from there and nobody lints it.
  const folder = join(ROOT, 'node_modules/.cache/soak', name);
  await mkdir(folder, { recursive: true });
  const patched = new Map<string, string>();
  for (const { file, from, to } of patches) {
    const path = join(ROOT, file);
    const parts = (patched.get(path) ?? (await readFile(path, 'utf8'))).split(from);
    if (parts.length !== 2) throw new Error(`${file} does not hold this exactly once: ${from}`);
    patched.set(path, parts.join(to));
  }
  await bundle({
    absWorkingDir: ROOT,
    outfile: join(folder, 'index.cjs'),
    plugins: [
      {
        name: 'patches',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = patched.get(path);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ main: 'index.cjs' }));
  return folder;
}
