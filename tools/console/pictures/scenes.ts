import { setTimeout as sleep } from 'node:timers/promises';
import type { FlowPage, Overview, ShopAction, ShopAnswer, ShopRequests, ShopView, Weather } from '../api.ts';

async function send<T>(url: string, method: string, path: string, body: unknown): Promise<T> {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url + path, init);
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Lets happen what happens in a shop on a day. Returns the id of the message of an order; throws what the shop refuses. */
export async function aDay(url: string): Promise<string> {
  const act = <Action extends ShopAction>(action: Action, what: ShopRequests[Action]) =>
    send<ShopAnswer>(url, 'POST', `/api/shop/${action}`, what);
  const { products }: ShopView = await fetch(`${url}/api/shop`).then((response) => response.json());
  for (const { id: productId, isPublished } of products) {
    if (isPublished) await act('unpublish-product', { productId });
    await act('publish-product', { productId });
  }
  await act('sign-up', { firstName: 'Ada', lastName: 'Winter', email: 'ada.winter@example.org', newsletter: true });
  const { id: customerId } = await act('sign-up', { firstName: 'Mila', lastName: 'Sommer', newsletter: true });
  for (let order = 0; order < 3; order += 1) {
    const { id: orderId = '' } = await act('place-order', { customerId });
    await act('ship', { orderId });
    await act('deliver', { orderId });
    if (order === 1) await act('refund', { orderId });
  }
  const { messageIds } = await act('place-order', { customerId });
  await sleep(2000);
  const { rows }: FlowPage = await fetch(`${url}/api/flow`).then((response) => response.json());
  return rows.find(({ messageId, type }) => messageIds.includes(messageId) && type === 'OrderCreated')?.messageId ?? '';
}

/** Lets Klaviyo limit and fail calls, many order at once, and a process be killed. Takes a minute, and is not over then. */
export async function aStorm(url: string): Promise<void> {
  const usual = { isDown: false, latency: 0, failOneIn: 0, loseOneIn: 0 };
  const weather = (klaviyo: Partial<Weather['klaviyo']>) =>
    send<Weather>(url, 'PUT', '/api/weather', { klaviyo: { ...usual, limits: 1, ...klaviyo }, commercetools: usual });
  const order = (orders: number) => send(url, 'POST', '/api/weather/burst', { orders });
  await weather({ latency: 40 });
  for (let second = 0; second < 50; second += 1) {
    await order(20 + (second % 7) * 4);
    await sleep(1000);
  }
  await weather({ latency: 120, failOneIn: 20, loseOneIn: 100 });
  await order(6000);
  await sleep(12_000);
  await send(url, 'POST', '/api/weather/kill', {});
  await sleep(8000);
}

/** Lets the weather be fine, both services as far away as they are, and waits until everything has arrived. */
export async function aCalm(url: string): Promise<void> {
  const fine = { isDown: false, latency: 60, failOneIn: 0, loseOneIn: 0 };
  await send<Weather>(url, 'PUT', '/api/weather', { klaviyo: { ...fine, limits: 0 }, commercetools: fine });
  for (;;) {
    const { counts }: Overview = await fetch(`${url}/api/overview`).then((response) => response.json());
    if (counts.backlog === 0) return;
    await sleep(1000);
  }
}
