import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../../sandbox/world.ts';
import { message } from '../../soak/shop/notifications.ts';
import { openMarket } from './shop/market.ts';
import { newOrder, purchaseOf, stallOf } from './shop/new-order.ts';
import { nextOrderNumber } from './shop/orders.ts';

/** Orders of one request to Pub/Sub. */
const BATCH = 50;
/** Leaves time for whoever looks on. */
const PAUSE_MILLISECONDS = 5;

/** Places many orders. */
export interface Burst {
  /** Adds so many orders to those that are still to be placed, and gives how many are. */
  add(orders: number): number;
  /** Forgets those that are not placed yet. Resolves when those that are being placed are published. */
  stop(): Promise<void>;
}

/** What a burst needs. */
interface BurstOptions {
  shop: World['shop'];
  publish(notifications: object[], cause: string): Promise<string[]>;
  onOrder(orderId: string): void;
  onError(error: unknown): void;
}

/** Returns what places orders of random customers, batch by batch, in the background. */
export function createBurst({ shop, publish, onOrder, onError }: BurstOptions): Burst {
  let left = 0;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    const stall = await stallOf(openMarket(shop).market);
    while (left > 0) {
      const orders = Array.from({ length: Math.min(BATCH, left) }, () =>
        newOrder(purchaseOf(stall, {}), nextOrderNumber()),
      );
      left -= orders.length;
      for (const order of orders) {
        await shop.put('order', order);
        onOrder(order.id);
      }
      const notifications = orders.map((order) => {
        const { orderNumber } = order;
        const names = { resourceUserProvidedIdentifiers: { orderNumber } };
        return message('OrderCreated', 'order', order, { ...names, order }, order.createdAt);
      });
      await publish(notifications, 'burst');
      await sleep(PAUSE_MILLISECONDS);
    }
  }

  return {
    add(orders) {
      left += orders;
      running ??= run()
        .catch((error: unknown) => {
          left = 0;
          onError(error);
        })
        .finally(() => {
          running = undefined;
        });
      return left;
    },
    async stop() {
      left = 0;
      await running;
    },
  };
}
