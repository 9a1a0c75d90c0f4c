import { warn } from './attempt.ts';
import type { Commercetools } from './commercetools/index.ts';
import type { Configuration } from './config/environment.ts';
import { GoneError } from './errors.ts';
import { leftBehind } from './handlers/catalog/left-behind.ts';
import { FRESH_MILLISECONDS, type Freshness, type Handler, type PlanContext, takes } from './handlers/handler.ts';
import { handlers } from './handlers/index.ts';
import type { ProfileLookup } from './klaviyo/profiles.ts';
import type { Write } from './klaviyo/writes.ts';
import type { Notification } from './platform-format/schema.ts';

/** A notification, and when Pub/Sub took its message, in milliseconds since the epoch. */
export interface Delivery {
  notification: Notification;
  publishedAt?: number;
}

/** The reading half of the way of a message: which handler takes it, and what it asks of Klaviyo. */
export interface Planner {
  /**
   * Returns the handler of a notification; undefined when there is none, when the handler is switched off, and, with a
   * warning, when the notification is of another project.
   */
  match(notification: Notification): Handler | undefined;
  /**
   * Returns what a delivery asks for. Names of properties that were cut are added to the attempt's warnings.
   *
   * @param previous what an earlier plan of this attempt has written; the payload is not trusted then
   * @throws what the handler throws
   */
  plan(handler: Handler, delivery: Delivery, previous?: readonly Write[]): Promise<Write[]>;
}

/**
 * Returns a planner of the configured project.
 *
 * @param commercetools reads the project; connects on the first read
 * @param profiles asks Klaviyo which profile has an identifier
 */
export function createPlanner(
  configuration: Pick<Configuration, 'commercetools' | 'settings'>,
  commercetools: Commercetools,
  profiles: ProfileLookup,
): Planner {
  const { settings } = configuration;
  const { projectKey } = configuration.commercetools;
  const enabled = handlers.filter(({ name }) => !settings.handlers.disabled.includes(name));
  return {
    match(notification) {
      if ((notification.projectKey ?? projectKey) === projectKey)
        return enabled.find((handler) => takes(handler, notification));
      warn(`of the project ${notification.projectKey}, while CT_PROJECT_ID is ${projectKey}`);
      return undefined;
    },
    async plan(handler, { notification, publishedAt }, previous) {
      const freshness = freshnessOf(publishedAt, previous !== undefined);
      const context = { commercetools, settings, freshness, previous, profiles, warn };
      const planned = handler.plan(notification, context);
      const writes = await (previous ? withCorrections(planned, previous, context) : planned);
      for (const write of writes) if ('trimmed' in write) warnTrimmed(write.trimmed);
      return writes;
    },
  };
}

/** Adds what corrects earlier writes: a resource that does not exist any more may have left writes that need correction. */
async function withCorrections(planned: Promise<Write[]>, previous: readonly Write[], context: PlanContext) {
  const current = await planned.catch((error: unknown) => {
    if (error instanceof GoneError) return error;
    throw error;
  });
  if (!(current instanceof GoneError)) return [...current, ...(await leftBehind(previous, current, context))];
  const corrections = await leftBehind(previous, [], context);
  if (corrections.length === 0) throw current;
  return corrections;
}

function freshnessOf(publishedAt = Date.now(), isRepeated: boolean): Freshness {
  if (Date.now() - publishedAt >= FRESH_MILLISECONDS) return 'old';
  return isRepeated ? 'recent' : 'current';
}

function warnTrimmed(names: readonly string[]): void {
  if (names.length > 0) warn(`cut to keep Klaviyo's limits: ${names.slice(0, 20).join(', ')}`);
}
