import { warn } from './attempt.ts';
import type { Commercetools } from './commercetools/index.ts';
import type { Configuration } from './config/environment.ts';
import { GoneError } from './errors.ts';
import type { Extension } from './extension/extension.ts';
import { readExtension } from './extension/installed.ts';
import { leftBehind } from './handlers/catalog/left-behind.ts';
import {
  FRESH_MILLISECONDS,
  type Freshness,
  type Handler,
  type PlanContext,
  type PlanOne,
  takes,
} from './handlers/handler.ts';
import { handlers } from './handlers/index.ts';
import type { ProfileLookup } from './klaviyo/profiles.ts';
import type { Write } from './klaviyo/writes.ts';
import type { Notification } from './platform-format/schema.ts';
import { windowOf } from './platform-format/tick.ts';

/** A notification, and when Pub/Sub took its message, in milliseconds since the epoch. */
export interface Delivery {
  notification: Notification;
  publishedAt?: number;
}

/**
 * Plans a part of what a delivery asks for, from what is now. Names of properties that were cut are added to the attempt's warnings.
 *
 * @param previous what an earlier plan of this attempt has written of it; the payload is not trusted then
 * @throws what the handler throws
 */
export type Part = (previous?: readonly Write[]) => Promise<Write[]>;

/** The reading half of the way of a message: which handler takes it, and what it asks of Klaviyo. */
export interface Planner {
  /**
   * Returns the handler of a notification; undefined when there is none, when the handler is switched off, and, with a
   * warning, when the notification is of another project.
   */
  match(notification: Notification): Handler | undefined;
  /** Yields the parts of what a delivery asks for: one, but of a tick one for each resource, page by page. */
  parts(handler: Handler, delivery: Delivery): AsyncIterable<Part[]>;
  /** Returns all that a delivery asks for, as a `Part` does. */
  plan(handler: Handler, delivery: Delivery, previous?: readonly Write[]): Promise<Write[]>;
}

/**
 * Returns a planner of the configured project.
 *
 * @param commercetools reads the project; connects on the first read
 * @param profiles asks Klaviyo which profile has an identifier
 * @param extension adds handlers and adjusts what is planned; the merchant's, where there is one
 * @throws ConfigurationError when something is wrong with the extension
 */
export function createPlanner(
  configuration: Pick<Configuration, 'commercetools' | 'settings'>,
  commercetools: Commercetools,
  profiles: ProfileLookup,
  extension: Extension | undefined = readExtension(),
): Planner {
  const { settings } = configuration;
  const { projectKey } = configuration.commercetools;
  const disabled: readonly string[] = settings.handlers.disabled;
  const ours = handlers.filter(({ name }) => !disabled.includes(name));
  const enabled = [...ours, ...(extension?.beside(ours) ?? [])];

  const contextOf = ({ publishedAt }: Delivery, previous?: readonly Write[]): PlanContext => {
    const freshness = freshnessOf(publishedAt, previous !== undefined);
    return { commercetools, settings, freshness, previous, profiles, warn };
  };

  function partOf(planOne: PlanOne, delivery: Delivery): Part {
    const planning: Part = (previous) => {
      const context = contextOf(delivery, previous);
      const planned = planOne(context);
      return previous ? withCorrections(planned, previous, context) : planned;
    };
    const adjusted = extension?.adjusting(planning, settings) ?? planning;
    return async (previous) => {
      const writes = await adjusted(previous);
      for (const write of writes) if ('trimmed' in write) warnTrimmed(write.trimmed);
      return writes;
    };
  }

  async function* parts(handler: Handler, delivery: Delivery): AsyncIterable<Part[]> {
    const { notification, publishedAt } = delivery;
    if (notification.notificationType !== 'Tick') {
      yield [partOf((context) => handler.plan(notification, context), delivery)];
      return;
    }
    const pages = handler.tick?.(windowOf(notification, publishedAt), contextOf(delivery)) ?? [];
    for await (const plans of pages) yield plans.map((planOne) => partOf(planOne, delivery));
  }

  return {
    match(notification) {
      if ((notification.projectKey ?? projectKey) === projectKey)
        return enabled.find((handler) => takes(handler, notification));
      warn(`of the project ${notification.projectKey}, while CT_PROJECT_ID is ${projectKey}`);
      return undefined;
    },
    parts,
    async plan(handler, delivery, previous) {
      const writes: Write[] = [];
      for await (const page of parts(handler, delivery))
        for (const plan of await Promise.all(page.map((part) => part(previous)))) writes.push(...plan);
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
