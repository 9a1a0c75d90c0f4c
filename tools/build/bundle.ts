import { execFileSync } from 'node:child_process';
import { type BuildOptions, build } from 'esbuild';
import { lazyKlaviyo } from './lazy-klaviyo.ts';
import { leanSdks } from './lean-sdks.ts';

/** The commit with a + when files differ from it; undefined where git does not know, as on Google's side. */
function commit(): string | undefined {
  try {
    const args = ['describe', '--always', '--abbrev=12', '--exclude=*', '--dirty=+'];
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

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

/**
 * Bundles the function into one file, or with other esbuild options something else, as the function is bundled. The
 * functions-framework stays outside, as a process must have only one, and google-auth-library, as most never load it. Throws
 * what esbuild refuses.
 *
 * @param options.plugins are asked before our own
 */
export async function bundle({ plugins = [], ...options }: BuildOptions): Promise<void> {
  await build({
    ...COMMON,
    external: ['@google-cloud/functions-framework', 'google-auth-library'],
    define: { ...COMMON.define, BUILT_FROM: JSON.stringify(commit()) ?? 'undefined' },
    minifyWhitespace: true,
    lineLimit: 160,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'linked',
    ...options,
    ...(!options.stdin && { entryPoints: ['functions/index.ts'] }),
    plugins: [...plugins, lazyKlaviyo, leanSdks],
  });
}

/**
 * Writes dist/: the function, where package.json's `main` points, and what `npm start` runs, so that no TypeScript is
 * read at start. Throws what esbuild refuses.
 */
export async function buildFunction(): Promise<void> {
  await bundle({ outfile: 'dist/index.cjs' });
  await build({ ...COMMON, entryPoints: ['functions/serve.ts'], outfile: 'dist/start.cjs' });
}

if (import.meta.main) await buildFunction();
