import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listeningPort, listenToThisMachine } from '../shared/config/early.ts';

/** Serves the built function as Google does, with the functions-framework's own program; reads .env where there is one. */
if (existsSync('.env')) process.loadEnvFile('.env');
listenToThisMachine();
process.argv.push('--target=syncToKlaviyo', '--signature-type=cloudevent', `--port=${listeningPort()}`);
const require = createRequire(join(process.cwd(), 'package.json'));
require(join(dirname(require.resolve('@google-cloud/functions-framework')), 'main.js'));
