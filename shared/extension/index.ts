import type { PlanContext } from '../handlers/handler.ts';
import { type Buyer, buyerOf } from '../handlers/orders/buyer.ts';
import type { ExtensionDefinition } from './extension.ts';

// What an extension may import, by the name `#extension`. It changes by the rules of semantic versions; all else is ours.
export { GoneError, InvalidMessageError, PermanentError, RetryableError } from '../errors.ts';
export { defineHandler, existing, type Handler, type PlanContext } from '../handlers/handler.ts';
export type { CatalogItem, CatalogVariant, Event, Profile, Write } from '../klaviyo/writes.ts';
export { occurredAt } from '../platform-format/message.ts';
export { validate } from '../validate.ts';
export type { ExtensionDefinition, HookContext } from './extension.ts';

/**
 * Defines the extension that a file exports by default.
 *
 * @example
 * export default defineExtension({
 *   name: 'acme',
 *   event: (event) => ({ ...event, properties: { ...event.properties, Shop: 'acme' } }),
 * });
 */
export const defineExtension = (definition: ExtensionDefinition): ExtensionDefinition => definition;

/** Whose the events of a customer are. */
export type Owner = Pick<Buyer, 'profile' | 'before'>;

/**
 * Returns whose the events of a customer are, and the writes that have to come before the events, so that Klaviyo knows one profile by
 * the customer's id and e-mail; undefined, with a warning, for a customer who is gone and may have been erased.
 *
 * @throws whatever the readers throw
 */
export const ownerOf = (customerId: string, context: PlanContext): Promise<Owner | undefined> =>
  buyerOf({ customerId }, context, 'identifiers');
