import type { Configuration } from '../config/environment.ts';
import { createLogger } from '../log/logger.ts';
import { logStart } from '../log/start.ts';
import { finishBeforeExit } from '../process/shutdown.ts';
import { createSync } from '../sync.ts';
import { envelopeOf, type QueueMessage } from './message.ts';

/**
 * The way in for any queue. When it returns, everything that the message asks for is in Klaviyo, or the message asks for nothing:
 * acknowledge it.
 *
 * @param milliseconds how long the attempt may take, where that is less than `limits.attemptSeconds`
 * @throws SyncError in every other case: let the queue deliver it again. The attempt is logged already
 * @example await receive({ id: message.id, publishedAt: Date.parse(message.time), payload: message.text });
 */
export type Receive = (message: QueueMessage, milliseconds?: number) => Promise<void>;

/** Past the buffers of the log: a process may be frozen as soon as it has answered. */
const standardOutput = { write: (line: string) => void process.stdout.write(line) };

/**
 * Returns the way in, with clients of its own: make one a process.
 *
 * @param log where the lines of the log go; standard output when left out
 */
export function createReceiver(
  configuration: Configuration,
  log: { write(line: string): void } = standardOutput,
): Receive {
  const logger = createLogger(configuration.logLevel, log);
  const timeIsUp = new AbortController();
  const sync = createSync(configuration, logger, timeIsUp.signal);
  const most = configuration.settings.limits.attemptSeconds * 1000;
  const attempt = finishBeforeExit(
    ({ message, milliseconds }: { message: QueueMessage; milliseconds: number }) =>
      sync(envelopeOf(message), Math.min(milliseconds, most)),
    timeIsUp,
  );

  logStart(logger, configuration);
  return (message, milliseconds = most) => attempt({ message, milliseconds });
}
