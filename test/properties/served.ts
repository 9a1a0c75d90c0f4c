import { connect, type Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { pushBody } from '../doubles/delivery.ts';
import type { KlaviyoStandIn } from '../doubles/klaviyo/server.ts';
import { PERSONAL_VALUES, toldIn } from '../doubles/personal.ts';
import type { Shop } from '../doubles/shop/index.ts';
import { fixture } from '../fixtures/index.ts';
import { processForTest } from '../integration/child.ts';
import { environmentFor } from '../integration/support.ts';

/** The type of a body as Pub/Sub sends it. */
export const JSON_TYPE = { 'content-type': 'application/json' };

/** The body of a push that is synced. */
export const good = JSON.stringify(pushBody(fixture('CustomerCreated')));

/** Starts the built function in a process of its own, with the heap that fits into the memory of the Terraform module. */
export async function serve(shop: Shop, klaviyo: KlaviyoStandIn) {
  const environment = environmentFor(shop, klaviyo, { NODE_OPTIONS: '--max-old-space-size=448' });
  const child = await processForTest(environment);
  await child.untilServing();
  const { port, pid, url } = child;

  async function request(
    method: string,
    body: string | Buffer | undefined,
    headers: Record<string, string> = JSON_TYPE,
  ) {
    const signal = AbortSignal.timeout(25_000);
    const response = await fetch(url, {
      method,
      headers,
      body: body && new Uint8Array(Buffer.from(body)),
      signal,
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** A connection of which the caller writes every byte. */
  function open(): Socket {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    onTestFinished(() => {
      socket.destroy();
    });
    return socket;
  }

  /** It still takes messages, and has printed nothing private. */
  async function expectWell(): Promise<void> {
    expect(await request('POST', good)).toBe(204);
    expect(toldIn(child.output(), [...PERSONAL_VALUES, klaviyo.apiKey, shop.clientSecret])).toEqual([]);
  }

  return { port, pid, request, open, expectWell };
}
