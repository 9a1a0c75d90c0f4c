import { cloudEvent } from '@google-cloud/functions-framework';
import { readConfiguration } from '../shared/config/environment.ts';
import { adoptServer } from '../shared/front/server.ts';
import { createLogger } from '../shared/log/logger.ts';
import { openEnvelope } from '../shared/platform-format/envelope.ts';
import { readOrExit } from '../shared/process/configuration.ts';
import { adoptProcess } from '../shared/process/index.ts';
import { createSync } from '../shared/sync.ts';

const configuration = readOrExit(readConfiguration);
const logger = createLogger(configuration.logLevel);
const sync = adoptProcess(logger, (timeIsUp) => readOrExit(() => createSync(configuration, logger, timeIsUp)));

adoptServer(configuration, logger);

/** Takes a commercetools notification from Pub/Sub and writes it to Klaviyo. */
cloudEvent('syncToKlaviyo', (event: unknown) => sync(openEnvelope(event, configuration.skipBase64Encoding)));
