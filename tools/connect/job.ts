import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { readConnectVariables } from '../../shared/config/connect.ts';
import { listeningPort } from '../../shared/config/early.ts';
import { readConfiguration } from '../../shared/config/environment.ts';
import { createLogger } from '../../shared/log/logger.ts';
import { readOrExit } from '../../shared/process/configuration.ts';
import { createRuns } from './runs.ts';

/** What Connect's scheduler calls: POST begins a run of reconcile and is answered when the run is over. GET says that the process lives. */
const { logLevel, commercetools } = readOrExit(readConfiguration);
const { RECONCILE_OPTIONS, RECONCILE_MINUTES } = readOrExit(readConnectVariables);
const logger = createLogger(logLevel);
const runs = createRuns({
  command: [join(dirname(process.argv[1] ?? ''), 'history.cjs'), 'reconcile', ...RECONCILE_OPTIONS],
  milliseconds: RECONCILE_MINUTES * 60_000,
  logger,
});

const server = createServer(async ({ method }, response) => {
  const { status, text } =
    method === 'POST' ? await runs.begin() : { status: method === 'GET' ? 200 : 405, text: 'ok' };
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
});
server.listen(Number(listeningPort()), () => logger.info(`reconciling ${commercetools.projectKey} when asked`));

process.once('SIGTERM', async () => {
  await runs.end();
  process.exit(0);
});
