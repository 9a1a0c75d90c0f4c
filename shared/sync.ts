import { newAttempt, runAttempt } from './attempt.ts';
import { createCommercetools } from './commercetools/index.ts';
import type { Configuration } from './config/environment.ts';
import { GoneError, RetryableError, SyncError } from './errors.ts';
import type { Handler } from './handlers/handler.ts';
import { overwrittenCheck } from './handlers/orders/overwritten.ts';
import { createApply } from './klaviyo/apply.ts';
import { createKlaviyoClient } from './klaviyo/client.ts';
import { profileLookup } from './klaviyo/profiles.ts';
import type { Logger } from './log/logger.ts';
import { createReport } from './log/report.ts';
import { createPlanner, type Delivery, type Part } from './planner.ts';
import { openEnvelope } from './platform-format/envelope.ts';
import { parseNotification } from './platform-format/payload.ts';
import { settle } from './settle.ts';

/** What became of a message that is acknowledged. */
type Outcome = 'synced' | 'ignored' | 'gone';

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
  const commercetools = createCommercetools(configuration);
  const klaviyo = createKlaviyoClient(configuration);
  const profiles = profileLookup(klaviyo.profiles);
  const { match, parts } = createPlanner(configuration, commercetools, profiles);
  const emailOf = async (customerId: string) => (await commercetools.customers.byId(customerId))?.email;
  const { linkByEmail } = settings.customers;
  const isOverwritten = overwrittenCheck(commercetools, profiles);
  const apply = createApply(klaviyo, profiles, { linkByEmail, emailOf, isOverwritten, events: settings.events });
  const reportOf = createReport(logger, configuration.googleCloudProject);

  /** Returns whether there was anything to write. */
  async function carryOut(part: Part): Promise<boolean> {
    const writes = await part();
    await settle(writes, part, apply);
    return writes.length > 0;
  }

  /** What is refused of one part keeps none of the others from being carried out; what may pass ends the attempt at once. */
  async function carryOutAll(pages: AsyncIterable<Part[]>): Promise<Outcome> {
    const refusals: unknown[] = [];
    let outcome: Outcome = 'ignored';
    for await (const page of pages) {
      const results = await Promise.allSettled(page.map(carryOut));
      if (results.some((result) => result.status === 'fulfilled' && result.value)) outcome = 'synced';
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      const passing = failures.find((error) => !isRefusal(error));
      if (passing) throw passing;
      refusals.push(...failures);
    }
    if (refusals.length > 0) throw refusals[0];
    return outcome;
  }

  async function handle(handler: Handler | undefined, delivery: Delivery): Promise<Outcome> {
    if (!handler) return 'ignored';
    try {
      return await carryOutAll(parts(handler, delivery));
    } catch (error) {
      if (error instanceof GoneError) return 'gone';
      throw error;
    }
  }

  return (event) => {
    const attempt = newAttempt(settings.limits.attemptSeconds * 1000);
    return runAttempt(attempt, async () => {
      const report = reportOf(attempt);
      const abandon = () => report.fail(new RetryableError('the process was told to stop before it was done'));
      timeIsUp?.addEventListener('abort', abandon);
      try {
        const envelope = openEnvelope(event, skipBase64Encoding);
        report.addEnvelope(envelope);
        const notification = parseNotification(envelope);
        const handler = match(notification);
        report.addNotification(notification, handler?.name);
        report.succeed(await handle(handler, { notification, publishedAt: envelope.publishedAt }));
      } catch (error) {
        throw report.fail(error);
      } finally {
        timeIsUp?.removeEventListener('abort', abandon);
      }
    });
  };
}

const isRefusal = (error: unknown): boolean => error instanceof SyncError && error.retry === 'never';
