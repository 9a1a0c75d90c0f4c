import { cloudEvent } from '@google-cloud/functions-framework';
import { readConfiguration } from '../shared/config/environment.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { handlers } from '../shared/handlers/index.ts';
import { createLogger } from '../shared/log/logger.ts';
import { redirectConsole } from '../shared/process/console.ts';
import { withoutDomains } from '../shared/process/domains.ts';
import { finishBeforeExit } from '../shared/process/shutdown.ts';
import { createSync } from '../shared/sync.ts';

const configuration = configured();
const logger = createLogger(configuration.logLevel);
redirectConsole(logger);
withoutDomains();
const timeIsUp = new AbortController();
const sync = finishBeforeExit(createSync(configuration, logger, timeIsUp.signal), timeIsUp);

/** Takes a commercetools notification from Pub/Sub and writes it to Klaviyo. */
cloudEvent('syncToKlaviyo', (event: unknown) => sync(event));

function configured() {
  try {
    return readConfiguration(handlers.map(({ name }) => name));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
