import type { MessageSubscription, Subscription } from '@commercetools/platform-sdk';
import type { Shop } from '../../doubles/shop/index.ts';

/** Looks at a shop's subscriptions, and changes them, as somebody in the Merchant Center would. */
export function commercetoolsClientOf(shop: Shop) {
  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const basic = `Basic ${btoa(`${shop.clientId}:${shop.clientSecret}`)}`;
    const token = `${shop.url}/oauth/token?grant_type=client_credentials`;
    const given = await fetch(token, { method: 'POST', headers: { authorization: basic } });
    const { access_token } = (await given.json()) as { access_token: string };
    const answer = await fetch(`${shop.url}/${shop.projectKey}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json() as Promise<T>;
  }

  return {
    subscriptions: async () => (await ask<{ results: Subscription[] }>('/subscriptions?limit=500')).results,
    async setMessages(key: string, messages: MessageSubscription[]): Promise<void> {
      const { version } = await ask<Subscription>(`/subscriptions/key=${key}`);
      await ask(`/subscriptions/key=${key}`, { version, actions: [{ action: 'setMessages', messages }] });
    },
  };
}
