import { createCommercetools } from './commercetools/index.ts';
import type { Configuration } from './config/environment.ts';
import type { Handler, PayloadTrust } from './handlers/handler.ts';
import { handlers } from './handlers/index.ts';
import type { Write } from './klaviyo/writes.ts';
import type { Delivery } from './platform-format/decode.ts';
import type { Notification } from './platform-format/schema.ts';

/** A customer's payload older than this is only a trigger: https://cloud.google.com/pubsub promises no order. */
const FRESH_MILLISECONDS = 60_000;

/** The reading half of the way of a message: which handler takes it, and what it asks of Klaviyo. */
export interface Planner {
  /** The handler of a notification; undefined when there is none or it is switched off. */
  match(notification: Notification): Handler | undefined;
  /**
   * What a delivery asks for. Throws what the handler throws.
   *
   * @param previous what an earlier plan of this attempt has written; Klaviyo may have something newer than the payload then
   */
  plan(handler: Handler, delivery: Delivery, previous?: readonly Write[]): Promise<Write[]>;
}

/** A planner of the configured project; it connects when the first plan needs it. */
export function createPlanner(configuration: Pick<Configuration, 'commercetools' | 'settings'>): Planner {
  const { settings } = configuration;
  const commercetools = createCommercetools(configuration);
  const enabled = handlers.filter(({ name }) => !settings.handlers.disabled.includes(name));
  return {
    match: (notification) => enabled.find(({ accepts }) => accepts(notification)),
    plan: (handler, { notification, publishedAt }, previous) =>
      handler.plan(notification, {
        commercetools,
        settings,
        payload: trust(publishedAt, previous !== undefined),
        previous: previous ?? [],
      }),
  };
}

function trust(publishedAt = Date.now(), isRepeated: boolean): PayloadTrust {
  if (Date.now() - publishedAt >= FRESH_MILLISECONDS) return 'old';
  return isRepeated ? 'recent' : 'current';
}
