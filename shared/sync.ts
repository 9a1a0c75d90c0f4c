import { newAttempt, runAttempt } from './attempt.ts';
import { createCommercetools } from './commercetools/index.ts';
import type { Configuration } from './config/environment.ts';
import { GoneError, StalePlanError } from './errors.ts';
import type { Handler } from './handlers/handler.ts';
import { handlers } from './handlers/index.ts';
import { createApply } from './klaviyo/apply.ts';
import { createKlaviyoClient } from './klaviyo/client.ts';
import type { Logger } from './logger.ts';
import { type Delivery, decode } from './platform-format/decode.ts';
import { createReport } from './report.ts';

/** A customer's payload older than this is only a trigger: https://cloud.google.com/pubsub promises no order. */
const FRESH_MILLISECONDS = 60_000;

/** What became of a message that is acknowledged. */
type Outcome = 'synced' | 'ignored' | 'gone';

/**
 * The way of a message: decode, match, plan, apply. The function that comes back takes what the functions-framework
 * hands over. When it returns, everything that the message asks for is in Klaviyo, or it asks for nothing; in every
 * other case it throws, so that Pub/Sub delivers again. Each call writes one line to the log.
 */
export function createSync(configuration: Configuration, logger: Logger): (event: unknown) => Promise<void> {
  const { settings, skipBase64Encoding } = configuration;
  const commercetools = createCommercetools(configuration);
  const apply = createApply(createKlaviyoClient(configuration), settings);
  const report = createReport(logger, configuration.googleCloudProject);
  const enabled = handlers.filter(({ name }) => !settings.handlers.disabled.includes(name));

  async function handle(handler: Handler | undefined, { notification, publishedAt }: Delivery): Promise<Outcome> {
    if (!handler) return 'ignored';
    const isFresh = publishedAt === undefined || Date.now() - publishedAt < FRESH_MILLISECONDS;
    try {
      const writes = await handler.plan(notification, {
        commercetools,
        settings,
        payload: isFresh ? 'current' : 'old',
      });
      await apply(writes);
      return writes.length > 0 ? 'synced' : 'ignored';
    } catch (error) {
      if (error instanceof GoneError) return 'gone';
      if (!(error instanceof StalePlanError)) throw error;
    }
    await apply(await handler.plan(notification, { commercetools, settings, payload: 'recent' }));
    return 'synced';
  }

  return (event) => {
    const attempt = newAttempt(settings.limits.attemptSeconds * 1000);
    return runAttempt(attempt, async () => {
      const line = report(attempt);
      try {
        const delivery = decode(event, skipBase64Encoding);
        const handler = enabled.find(({ accepts }) => accepts(delivery.notification));
        line.about(delivery, handler?.name);
        line.done(await handle(handler, delivery));
      } catch (error) {
        throw line.failed(error);
      }
    });
  };
}
