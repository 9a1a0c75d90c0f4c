import { build } from 'esbuild';
import { lazyKlaviyo } from './lazy-klaviyo.ts';

/** Bundles the function to dist/, where package.json's `main` points. The framework stays outside: it must be one. */
await build({
  entryPoints: ['functions/index.ts'],
  outfile: 'dist/index.cjs',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  define: { 'process.env.NODE_ENV': '"production"' },
  external: ['@google-cloud/functions-framework'],
  plugins: [lazyKlaviyo],
  sourcemap: true,
  sourcesContent: false,
  minifySyntax: true,
  legalComments: 'linked',
  logLevel: 'warning',
});
