import { newAttempt, runAttempt } from './attempt.ts';
import type { Configuration } from './config/environment.ts';
import { GoneError, RetryableError } from './errors.ts';
import type { Handler } from './handlers/handler.ts';
import { createApply } from './klaviyo/apply.ts';
import { createKlaviyoClient } from './klaviyo/client.ts';
import type { Logger } from './log/logger.ts';
import { createReport } from './log/report.ts';
import { createPlanner } from './planner.ts';
import { type Delivery, decode } from './platform-format/decode.ts';
import { settle } from './settle.ts';

/** What became of a message that is acknowledged. */
type Outcome = 'synced' | 'ignored' | 'gone';

/**
 * The way of a message: decode, match, plan, apply. The function that comes back takes what the functions-framework
 * hands over. When it returns, everything that the message asks for is in Klaviyo, or it asks for nothing; in every
 * other case it throws, so that Pub/Sub delivers again. Each call writes one line to the log.
 *
 * @param timeIsUp aborted when the process ends, for the lines of what is not done by then
 */
export function createSync(
  configuration: Configuration,
  logger: Logger,
  timeIsUp?: AbortSignal,
): (event: unknown) => Promise<void> {
  const { settings, skipBase64Encoding } = configuration;
  const { match, plan } = createPlanner(configuration);
  const apply = createApply(createKlaviyoClient(configuration), settings);
  const report = createReport(logger, configuration.googleCloudProject);

  async function handle(handler: Handler | undefined, delivery: Delivery): Promise<Outcome> {
    if (!handler) return 'ignored';
    try {
      const writes = await plan(handler, delivery);
      await settle(writes, (previous) => plan(handler, delivery, previous), apply);
      return writes.length > 0 ? 'synced' : 'ignored';
    } catch (error) {
      if (error instanceof GoneError) return 'gone';
      throw error;
    }
  }

  return (event) => {
    const attempt = newAttempt(settings.limits.attemptSeconds * 1000);
    return runAttempt(attempt, async () => {
      const line = report(attempt);
      const abandon = () => line.failed(new RetryableError('the process was told to stop before it was done'));
      timeIsUp?.addEventListener('abort', abandon);
      try {
        const delivery = decode(event, skipBase64Encoding, line.arrived);
        const handler = match(delivery.notification);
        line.about(delivery.notification, handler?.name);
        line.done(await handle(handler, delivery));
      } catch (error) {
        throw line.failed(error);
      } finally {
        timeIsUp?.removeEventListener('abort', abandon);
      }
    });
  };
}
