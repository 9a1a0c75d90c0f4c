import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopAction, ShopAnswer, ShopRequests, ShopView, Weather } from '../api.ts';

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
  return messageIds[0] ?? '';
}

/** Lets Klaviyo limit and fail calls, many order at once, and a process be killed. Takes two minutes. */
export async function aStorm(url: string): Promise<void> {
  const usual = { isDown: false, latency: 0, failOneIn: 0, loseOneIn: 0 };
  const weather = (klaviyo: Partial<Weather['klaviyo']>) =>
    send<Weather>(url, 'PUT', '/api/weather', { klaviyo: { ...usual, limits: 1, ...klaviyo }, commercetools: usual });
  const order = (orders: number) => send(url, 'POST', '/api/weather/burst', { orders });
  await weather({});
  await order(150);
  await sleep(25_000);
  await weather({ latency: 250, failOneIn: 10, loseOneIn: 50 });
  await order(600);
  await sleep(30_000);
  await send(url, 'POST', '/api/weather/kill', {});
  await sleep(25_000);
  await weather({ failOneIn: 20 });
  await order(300);
  await sleep(40_000);
}
