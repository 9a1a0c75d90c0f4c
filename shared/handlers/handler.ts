import * as z from 'zod';
import type { Commercetools } from '../commercetools/index.ts';
import type { Settings } from '../config/settings.ts';
import { GoneError } from '../errors.ts';
import type { ProfileLookup } from '../klaviyo/profiles.ts';
import type { Write } from '../klaviyo/writes.ts';
import { messagePayload, messageType } from '../platform-format/message.ts';
import type { Change, Message, Notification } from '../platform-format/schema.ts';
import type { Window } from '../platform-format/tick.ts';

/**
 * How fresh the payload of a message is. `current`: use it. `recent`: read the resource, fall back to the payload where
 * commercetools does not show the resource yet. `old`: read the resource, ignore the payload.
 */
export type Freshness = 'current' | 'recent' | 'old';

/** A payload is current for so long: Pub/Sub promises no order, so an older one is not used, and the resource is read instead. */
export const FRESH_MILLISECONDS = 60_000;

/** What a handler plans with. */
export interface PlanContext {
  commercetools: Commercetools;
  settings: Settings;
  freshness: Freshness;
  /** Asks Klaviyo which profile has an identifier. */
  profiles: ProfileLookup;
  /** What an earlier plan of this attempt has written; undefined for the first plan. */
  previous?: readonly Write[];
  /** Adds a warning to the attempt's log line, in words without a value of a customer. */
  warn(warning: string): void;
}

type ChangeType = Change['notificationType'];

/** Plans what is to be written of one resource, and plans it again where Klaviyo has moved on. */
export type PlanOne = (context: PlanContext) => Promise<Write[]>;

/** A handler: which notifications it takes and how it plans them. Subscriptions, README and tests are derived from it. */
export interface Handler {
  /** Names the handler in the log and in the setting `handlers.disabled`. */
  readonly name: string;
  /** The `typeId` of the resource that messages and changes are about. */
  readonly resource: string;
  /** The types of messages, each with the schema of its payload. */
  readonly messages: Readonly<Record<string, z.ZodType>>;
  /** The changes of the resource. */
  readonly changes: readonly ChangeType[];
  /** What becomes of it in Klaviyo: Markdown for the README's "What becomes what". */
  readonly becomes: string;
  /**
   * Reads commercetools and returns plain data; never writes. For an empty plan the message is acknowledged as ignored.
   *
   * @throws GoneError when the resource is gone, InvalidMessageError when the payload lacks what is needed, and whatever
   * the readers throw
   */
  plan(notification: Notification, context: PlanContext): Promise<Write[]>;
  /**
   * Reads the resources that a tick is about, page by page, so that thousands are never in memory at once, and yields the plans of
   * each page. Undefined where the handler takes no ticks.
   */
  readonly tick?: (window: Window, context: PlanContext) => AsyncIterable<PlanOne[]>;
}

/** A notification that a handler takes, by its type. A message also has `payload`: undefined if commercetools left it out. */
type Taken<M extends Record<string, z.ZodType>, C extends ChangeType> =
  | { [T in keyof M & string]: { type: T; notification: Message; payload: z.output<M[T]> | undefined } }[keyof M &
      string]
  | { [T in C]: { type: T; notification: Extract<Change, { notificationType: T }> } }[C];

/** A handler as it is written down: `plan` knows the type of each payload. */
interface Definition<M extends Record<string, z.ZodType>, C extends ChangeType>
  extends Omit<Handler, 'messages' | 'changes' | 'plan'> {
  messages?: M;
  changes?: readonly C[];
  /** Needed by messages and changes. */
  plan?(taken: Taken<M, C>, context: PlanContext): Promise<Write[]>;
}

/** The payload of a message of which a handler reads nothing but the envelope. */
export const unread = z.looseObject({});

/**
 * Defines a handler. The payload is validated before `plan` is called, so a malformed one is an error and never ignored.
 *
 * @example
 * export const orderState = defineHandler({
 *   name: 'order-state',
 *   resource: 'order',
 *   messages: { OrderStateChanged: z.looseObject({ orderState: z.string() }) },
 *   becomes: '`Fulfilled Order` or `Cancelled Order`',
 *   async plan({ notification, payload }, context) {
 *     return payload?.orderState === 'Complete' ? [ … ] : [];
 *   },
 * });
 */
export const defineHandler = <M extends Record<string, z.ZodType> = Record<never, never>, C extends ChangeType = never>(
  definition: Definition<M, C>,
): Handler => ({
  messages: {},
  changes: [],
  ...definition,
  plan: async (notification, context) => (await definition.plan?.(take(definition, notification), context)) ?? [],
});

function take<M extends Record<string, z.ZodType>, C extends ChangeType>(
  { messages }: Definition<M, C>,
  notification: Notification,
): Taken<M, C> {
  const type = messageType(notification) ?? notification.notificationType;
  const schema = messages && Object.hasOwn(messages, type) ? messages[type] : undefined;
  const payload =
    notification.notificationType === 'Message' && schema ? messagePayload(notification, schema) : undefined;
  return { type, notification, payload } as Taken<M, C>;
}

/**
 * Returns whether a handler takes a notification: by the type of a message, or by the kind of change or the tick and the type of
 * its resource. The payload is not looked at, so a malformed one is an error and not ignored.
 */
export function takes({ resource, messages, changes, tick }: Handler, notification: Notification): boolean {
  if (notification.notificationType === 'Event') return false;
  if (notification.notificationType === 'Message') return Object.hasOwn(messages, messageType(notification) ?? '');
  if (notification.resource.typeId !== resource) return false;
  return notification.notificationType === 'Tick'
    ? tick !== undefined
    : changes.includes(notification.notificationType);
}

/** Returns a resource that was read. Throws GoneError when it does not exist any more. */
export function existing<T>(resource: T | undefined): T {
  if (resource === undefined) throw new GoneError('the resource is gone from commercetools');
  return resource;
}
