import { newAttempt, runAttempt } from './attempt.ts';
import type { Configuration } from './config/environment.ts';
import { RetryableError } from './errors.ts';
import { createWay } from './live.ts';
import type { Logger } from './log/logger.ts';
import { createReport } from './log/report.ts';
import type { Envelope } from './platform-format/envelope.ts';
import { parseNotification } from './platform-format/payload.ts';

/**
 * Takes a message that was opened. When it returns, everything that the message asks for is in Klaviyo, or the message asks for
 * nothing.
 *
 * @param milliseconds how long the attempt may take; `limits.attemptSeconds` when left out
 * @throws SyncError in every other case, so that the message is delivered again
 */
export type Sync = (envelope: Envelope, milliseconds?: number) => Promise<void>;

/**
 * Returns the way of a message, whatever queue it comes from: parse, match, plan, apply. Each call writes one line to the log.
 *
 * @param timeIsUp aborted when the process ends, so that unfinished attempts are logged
 */
export function createSync(configuration: Configuration, logger: Logger, timeIsUp?: AbortSignal): Sync {
  const { match, carryOut } = createWay(configuration);
  const reportOf = createReport(logger, configuration.googleCloudProject);

  return (envelope, milliseconds = configuration.settings.limits.attemptSeconds * 1000) => {
    const attempt = newAttempt(milliseconds);
    return runAttempt(attempt, async () => {
      const report = reportOf(attempt);
      const abandon = () => report.fail(new RetryableError('the process was told to stop before it was done'));
      timeIsUp?.addEventListener('abort', abandon);
      try {
        report.addEnvelope(envelope);
        attempt.traceparent = envelope.traceparent;
        const notification = parseNotification(envelope);
        const handler = match(notification);
        report.addNotification(notification, handler?.name);
        report.succeed(await carryOut(handler, { notification, publishedAt: envelope.publishedAt }));
      } catch (error) {
        throw report.fail(error);
      } finally {
        timeIsUp?.removeEventListener('abort', abandon);
      }
    });
  };
}
