import { newAttempt, runAttempt } from './attempt.ts';
import type { Configuration } from './config/environment.ts';
import { RetryableError } from './errors.ts';
import { createWay } from './live.ts';
import type { Logger } from './log/logger.ts';
import { createReport } from './log/report.ts';
import { openEnvelope } from './platform-format/envelope.ts';
import { parseNotification } from './platform-format/payload.ts';

/**
 * Returns the way of a message: open, parse, match, plan, apply. The returned function takes what the functions-framework
 * hands over. When it returns, everything that the message asks for is in Klaviyo, or the message asks for nothing; in every
 * other case it throws, so that Pub/Sub delivers again. Each call writes one line to the log.
 *
 * @param timeIsUp aborted when the process ends, so that unfinished attempts are logged
 */
export function createSync(
  configuration: Configuration,
  logger: Logger,
  timeIsUp?: AbortSignal,
): (event: unknown) => Promise<void> {
  const { settings, skipBase64Encoding } = configuration;
  const { match, carryOut } = createWay(configuration);
  const reportOf = createReport(logger, configuration.googleCloudProject);

  return (event) => {
    const attempt = newAttempt(settings.limits.attemptSeconds * 1000);
    return runAttempt(attempt, async () => {
      const report = reportOf(attempt);
      const abandon = () => report.fail(new RetryableError('the process was told to stop before it was done'));
      timeIsUp?.addEventListener('abort', abandon);
      try {
        const envelope = openEnvelope(event, skipBase64Encoding);
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
