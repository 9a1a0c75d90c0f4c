import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { lazyKlaviyo } from './lazy-klaviyo.ts';

/** Bundles the function to dist/, where package.json's `main` points. The framework stays outside: it must be one. */
await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['functions/index.ts'],
  outfile: 'dist/index.cjs',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  external: ['@google-cloud/functions-framework'],
  plugins: [lazyKlaviyo],
  sourcemap: true,
  sourcesContent: false,
  minifySyntax: true,
  legalComments: 'linked',
  logLevel: 'warning',
});
