import type { Subscription, SubscriptionUpdate, SubscriptionUpdateAction } from '@commercetools/platform-sdk';
import type { InMemoryStorage } from '@labdigital/commercetools-mock';
import type { Answer } from '../http.ts';
import { refusal } from './refusal.ts';

/** A subscription with one update made: https://docs.commercetools.com/api/projects/subscriptions#update-actions */
function updated(subscription: Subscription, update: SubscriptionUpdateAction): Subscription | undefined {
  switch (update.action) {
    case 'changeDestination':
      return { ...subscription, destination: update.destination, status: 'Healthy' };
    case 'setMessages':
      return { ...subscription, messages: update.messages ?? [] };
    case 'setChanges':
      return { ...subscription, changes: update.changes ?? [] };
    default:
      return undefined;
  }
}

/** Answers an update of a subscription, which the mock does not know, as commercetools does: all actions or none, by the version. */
export async function updateSubscription(
  storage: InMemoryStorage,
  projectKey: string,
  key: string,
  { version, actions }: SubscriptionUpdate,
): Promise<Answer> {
  const current = await storage.getByKey(projectKey, 'subscription', key, {});
  if (!current) return refusal(404, 'ResourceNotFound', `The subscription ${key} was not found.`);
  if (current.version !== version)
    return refusal(409, 'ConcurrentModification', `The subscription ${key} has the version ${current.version}.`);
  let subscription: Subscription = current;
  for (const action of actions) {
    const next = updated(subscription, action);
    if (!next) return refusal(400, 'InvalidJsonInput', `The shop does not know ${action.action}.`);
    subscription = next;
  }
  subscription = { ...subscription, version: version + 1 };
  await storage.add(projectKey, 'subscription', subscription);
  return { status: 200, body: subscription };
}
