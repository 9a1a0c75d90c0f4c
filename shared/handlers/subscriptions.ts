import type { Handler } from './handler.ts';

/** What has to be subscribed to of one type of resource. */
export interface Subscription {
  /** Types of messages. */
  messages: string[];
  /** commercetools subscribes to all changes of a resource or to none. */
  changes: boolean;
}

/** Returns what handlers have to be subscribed to, by the resource's `typeId`. */
export function subscriptionsOf(handlers: readonly Handler[]): Record<string, Subscription> {
  const byResource = Map.groupBy(handlers, ({ resource }) => resource);
  return Object.fromEntries(
    [...byResource].map(([resource, group]) => [
      resource,
      {
        messages: group.flatMap(({ messages }) => Object.keys(messages)),
        changes: group.some(({ changes }) => changes.length > 0),
      },
    ]),
  );
}
