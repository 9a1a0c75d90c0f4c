import type { Handler } from './handler.ts';

/** What has to be subscribed to of one type of resource. */
export interface Subscription {
  /** The lane that commercetools reports to, where a deployment has more than one. */
  lane: string;
  /** Types of messages. */
  messages: string[];
  /** commercetools subscribes to all changes of a resource or to none. */
  changes: boolean;
}

/**
 * Returns what the handlers of each lane have to be subscribed to, by the resource's `typeId`.
 *
 * @throws Error when a resource is in two lanes: its subscription has one destination
 */
export function subscriptionsOf(lanes: Readonly<Record<string, readonly Handler[]>>): Record<string, Subscription> {
  const subscriptions: Record<string, Subscription> = {};
  for (const [lane, handlers] of Object.entries(lanes)) {
    // A tick comes from a schedule, and no subscription.
    const subscribing = handlers.filter(({ messages, changes }) => Object.keys(messages).length + changes.length > 0);
    for (const [resource, group] of Map.groupBy(subscribing, (handler) => handler.resource)) {
      if (subscriptions[resource])
        throw new Error(`${resource} is in the lanes ${subscriptions[resource].lane} and ${lane}`);
      subscriptions[resource] = {
        lane,
        messages: [...new Set(group.flatMap(({ messages }) => Object.keys(messages)))],
        changes: group.some(({ changes }) => changes.length > 0),
      };
    }
  }
  return subscriptions;
}
