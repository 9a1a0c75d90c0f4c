import { readExtension } from '../../../shared/extension/installed.ts';
import { lanesWith } from '../../../shared/extension/lanes.ts';
import { subscriptionsOf } from '../../../shared/handlers/subscriptions.ts';
import needs from '../../../terraform/subscriptions.json' with { type: 'json' };
import { NAME, PROJECT } from '../pubsub/client.ts';
import type { Shop } from './index.ts';

/** What the shop is told to report: a draft of a commercetools subscription. */
export interface Draft {
  key: string;
  destination: { type: string; projectId: string; topic: string };
  messages: { resourceTypeId: string; types: string[] }[];
  changes: { resourceTypeId: string }[];
}

/** The drafts of the subscriptions that Terraform makes, by its names: where there is an extension, also what its handlers need. */
export function drafts(name = NAME): Draft[] {
  const extension = readExtension();
  return Object.entries(extension ? subscriptionsOf(lanesWith(extension)) : needs).map(
    ([resourceTypeId, { messages, changes }]) => ({
      key: `${name}-${resourceTypeId}`,
      destination: { type: 'GoogleCloudPubSub', projectId: PROJECT, topic: name },
      messages: messages.length > 0 ? [{ resourceTypeId, types: messages }] : [],
      changes: changes ? [{ resourceTypeId }] : [],
    }),
  );
}

/** Makes subscriptions in a shop, until it is reset. They publish nothing: the doctor looks at them. */
export async function subscribe(shop: Shop, subscriptions: readonly Draft[]): Promise<void> {
  const authorization = `Basic ${btoa(`${shop.clientId}:${shop.clientSecret}`)}`;
  const request = { method: 'POST', headers: { authorization } };
  const answer = await fetch(`${shop.url}/oauth/token?grant_type=client_credentials`, request);
  const { access_token: token } = (await answer.json()) as { access_token: string };
  for (const draft of subscriptions) {
    const { status } = await fetch(`${shop.url}/${shop.projectKey}/subscriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(draft),
    });
    if (status !== 201) throw new Error(`${draft.key}: ${status}`);
  }
}
