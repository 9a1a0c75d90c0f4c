import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listeningPort } from '../shared/config/environment.ts';

/** Serves the built function as Google does: with the functions-framework's own program. */
if (existsSync('.env')) process.loadEnvFile('.env');
if (!existsSync('dist/index.cjs')) {
  console.error('dist/ is missing: building it first (npm run build)');
  await import('./build.ts');
}
process.argv.push('--target=syncToKlaviyo', '--signature-type=cloudevent', `--port=${listeningPort()}`);
const require = createRequire(import.meta.url);
require(join(dirname(require.resolve('@google-cloud/functions-framework')), 'main.js'));
