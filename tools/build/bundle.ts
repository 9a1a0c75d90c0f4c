import { type BuildOptions, build, type Metafile } from 'esbuild';
import { commit } from './commit.ts';
import { extension } from './extension.ts';
import { lazyKlaviyo } from './lazy-klaviyo.ts';
import { leanManifest } from './lean-manifest.ts';
import { leanSdks } from './lean-sdks.ts';
import { withoutColors } from './without-colors.ts';

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  define: { 'process.env.NODE_ENV': '"production"' },
  minifySyntax: true,
  logLevel: 'warning',
};

/** What is built, with the commit that it is built from. */
const define = () => ({ ...COMMON.define, BUILT_FROM: JSON.stringify(commit()) ?? 'undefined' });

/**
 * Bundles the function into one file, or with other esbuild options something else, as the function is bundled. The
 * functions-framework stays outside, as a process must have only one, and google-auth-library, as most never load it. Returns
 * what esbuild tells of the files that it read. Throws what esbuild refuses.
 *
 * @param options.plugins are asked before our own
 * @param standsAlone whether it runs without node_modules
 */
export async function bundle({ plugins = [], ...options }: BuildOptions, standsAlone = false): Promise<Metafile> {
  const { metafile } = await build({
    ...COMMON,
    external: ['@google-cloud/functions-framework', 'google-auth-library'],
    define: define(),
    minifyWhitespace: true,
    lineLimit: 160,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'linked',
    ...(!options.stdin && { entryPoints: ['functions/index.ts'] }),
    ...options,
    plugins: [...plugins, extension, leanManifest, lazyKlaviyo(standsAlone), leanSdks(standsAlone)],
    metafile: true,
  });
  return metafile;
}

/**
 * Writes dist/: the function, where package.json's `main` points, and what `npm start` runs, so that no TypeScript is
 * read at start. Throws what esbuild refuses.
 */
export async function buildFunction(): Promise<void> {
  await bundle({ outfile: 'dist/index.cjs' });
  await build({ ...COMMON, entryPoints: ['functions/serve.ts'], outfile: 'dist/start.cjs' });
}

/**
 * Bundles a program of tools/ into one file that needs nothing but Node, so that it runs wherever Node is. Returns what esbuild tells
 * of the files that it read. Throws what esbuild refuses.
 *
 * @param options the entry point and where it goes; `plugins` are asked before our own
 */
export async function buildProgram({ plugins = [], ...options }: BuildOptions): Promise<Metafile> {
  const { metafile } = await build({
    ...COMMON,
    define: define(),
    minifyWhitespace: true,
    lineLimit: 160,
    ...options,
    plugins: [...plugins, extension, withoutColors],
    metafile: true,
  });
  return metafile;
}

/**
 * Bundles backfill and reconcile. Returns and throws what `buildProgram` does.
 *
 * @param options go before our own: where it goes, what is patched
 */
export const buildHistory = (options: BuildOptions = {}): Promise<Metafile> =>
  buildProgram({ entryPoints: ['tools/operator/history.ts'], outfile: 'dist/history.cjs', ...options });

if (import.meta.main) {
  await buildFunction();
  // Google builds the function alone, and gets nothing else (.gcloudignore).
  if (!process.argv.includes('--function')) await buildHistory();
}
