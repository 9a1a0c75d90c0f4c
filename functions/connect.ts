import { cloudEvent } from '@google-cloud/functions-framework';
import { readConnectConfiguration, undoable } from '../shared/config/connect.ts';
import { createKeeper } from '../shared/dead-letters/keeper.ts';
import { keepingGivenUp } from '../shared/dead-letters/keeping.ts';
import { adoptServer } from '../shared/front/server.ts';
import { createLogger } from '../shared/log/logger.ts';
import { openEnvelope } from '../shared/platform-format/envelope.ts';
import { readOrExit } from '../shared/process/configuration.ts';
import { adoptProcess } from '../shared/process/index.ts';
import { createSync } from '../shared/sync.ts';

const configuration = readOrExit(readConnectConfiguration);
const logger = createLogger(configuration.logLevel);
const keeper = createKeeper(configuration);
const sync = adoptProcess(logger, (timeIsUp) =>
  keepingGivenUp(
    readOrExit(() => createSync(configuration, logger, timeIsUp)),
    { keeper, logger },
  ),
);

adoptServer(configuration, logger);
for (const doubt of undoable(configuration)) logger.warn(doubt);

/** Takes a commercetools notification from the queue of commercetools Connect and writes it to Klaviyo. */
cloudEvent('syncToKlaviyo', (event: unknown) => sync(openEnvelope(event, configuration.skipBase64Encoding)));
