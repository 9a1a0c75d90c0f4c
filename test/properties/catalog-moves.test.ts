import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '@commercetools/platform-sdk';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Shop } from '../doubles/shop/index.ts';
import { published } from '../integration/notifications.ts';
import { cartridge } from './catalog-changes.ts';
import { deleted, seed } from './changes.ts';
import { type Change, type Story, storyProperty } from './interleavings.ts';
import { runs } from './runs.ts';
import { worldForAll } from './world.ts';

const world = await worldForAll();
const { shop, klaviyo, anotherProcess } = world;

const stove = seed('product', 5);
const moving = cartridge.masterData.current.variants[0] ?? expect.unreachable();
const MOVING = String(moving.sku);

/** Publishes a product with or without the variant that moves, and without categories; gives the message about it. */
async function publish(shop: Shop, product: Product, hasMoving: boolean) {
  const variants = hasMoving ? [{ ...moving, id: 7 }] : [];
  const current = { ...product.masterData.current, categories: [], variants };
  const masterData = { ...product.masterData, current, staged: current, published: true };
  const { version } = await shop.put('product', { ...product, masterData });
  return published(product.id, version);
}

const move = (from: Product, to: Product): Change => ({
  name: `a variant moves to ${to.key}`,
  make: async (shop) => [await publish(shop, from, false), await publish(shop, to, true)],
});

const moveAndDelete: Change = {
  name: `a variant moves to ${stove.key}, and the product that had it is deleted`,
  async make(shop) {
    await shop.remove('product', cartridge.id);
    return [deleted('product', cartridge.id), await publish(shop, stove, true)];
  },
};

const firstPublished: Change = {
  name: 'both products are published',
  make: async (shop) => [await publish(shop, cartridge, true), await publish(shop, stove, false)],
};

const story = (...changes: Change[]): Story => ({
  async begin(shop) {
    await publish(shop, cartridge, true);
    await publish(shop, stove, false);
  },
  changes: fc.constant([firstPublished, ...changes]),
  async whole(shop) {
    const products = await Promise.all([cartridge, stove].map(({ id }) => shop.get('product', id)));
    return products.flatMap((product) => (product ? [published(product.id)] : []));
  },
});

test.each([
  ['moves to another product', story(move(cartridge, stove))],
  ['moves to another product and back', story(move(cartridge, stove), move(stove, cartridge))],
  ['moves to a product that replaces its own', story(moveAndDelete)],
])('Klaviyo ends up as the shop is when a variant %s', async (_, story) => {
  await fc.assert(await storyProperty(world, story), runs(20));
});

describe('a variant that moves', () => {
  let [deliver, meanwhile] = [anotherProcess(), anotherProcess()];
  beforeEach(async () => {
    [deliver, meanwhile] = [anotherProcess(), anotherProcess()];
    klaviyo.reset();
    await shop.reset();
  });

  test('stays where it is now, though a message goes on from how the shop was before', async () => {
    const before = await publish(shop, cartridge, true);
    const match = ({ path }: { path: string }) => path.includes('/product-projections');
    shop.faults.add({ match, effect: { kind: 'slow', milliseconds: 1000 } });
    const isWritten = deliver(before);
    await sleep(200);
    for (const notification of await move(cartridge, stove).make(shop)) await meanwhile(notification);
    await isWritten;

    expect(klaviyo.variantsOf(stove.id).map(({ sku }) => sku)).toContain(MOVING);
    expect(klaviyo.variant(MOVING)?.title).toBe('Ember Camp Stove');
  });
});
