import { type BuildOptions, build } from 'esbuild';
import { lazyKlaviyo } from './lazy-klaviyo.ts';
import { withoutMultipart } from './without-multipart.ts';

const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  define: { 'process.env.NODE_ENV': '"production"' },
  minifySyntax: true,
  logLevel: 'warning',
};

/** Bundles the function to dist/, where package.json's `main` points. The framework stays outside: it must be one. */
await build({
  ...options,
  entryPoints: ['functions/index.ts'],
  outfile: 'dist/index.cjs',
  external: ['@google-cloud/functions-framework'],
  plugins: [lazyKlaviyo, withoutMultipart],
  minifyWhitespace: true,
  lineLimit: 160,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'linked',
});

/** And what `npm start` runs, so that no TypeScript is read at start. */
await build({ ...options, entryPoints: ['functions/serve.ts'], outfile: 'dist/start.cjs' });
