import { warn } from '../attempt.ts';
import type { Commercetools } from '../commercetools/index.ts';
import type { Settings } from '../config/settings.ts';
import type { Write } from '../klaviyo/writes.ts';
import type { Notification } from '../platform-format/schema.ts';

/**
 * How far the payload of a notification may be taken for the state of now. `current`: take it. `recent`: Klaviyo may have
 * something newer, so read the resource, and take the payload where commercetools does not show it. `old`: the payload is
 * only a trigger.
 */
export type PayloadTrust = 'current' | 'recent' | 'old';

/** What a handler plans with. */
export interface PlanContext {
  commercetools: Commercetools;
  settings: Settings;
  payload: PayloadTrust;
  /** What an earlier plan of this attempt has written, before the resource was looked at again. */
  previous: readonly Write[];
}

/** One subject of the sync: which notifications it is about, and what they ask of Klaviyo. */
export interface Handler {
  /** Its name in the log and in the setting `handlers.disabled`. */
  name: string;
  /** Looks at the discriminators only, so that a malformed payload is an error and not ignored. */
  accepts(notification: Notification): boolean;
  /**
   * Reads commercetools and returns plain data; it never writes. An empty plan means that nothing is asked for.
   *
   * @throws GoneError when the resource is gone, InvalidMessageError when the payload lacks what is needed, and whatever
   * the readers throw
   */
  plan(notification: Notification, context: PlanContext): Promise<Write[]>;
}

/** Warns of properties that were cut, by their names; of none when there are none. */
export function warnTrimmed(names: readonly string[]): void {
  if (names.length > 0) warn(`cut to keep Klaviyo's limits: ${names.slice(0, 20).join(', ')}`);
}

/** A handler of the notifications that a type guard lets through. */
export const defineHandler = <N extends Notification>(
  name: string,
  accepts: (notification: Notification) => notification is N,
  plan: (notification: N, context: PlanContext) => Promise<Write[]>,
): Handler => ({
  name,
  accepts,
  async plan(notification, context) {
    return accepts(notification) ? plan(notification, context) : [];
  },
});
