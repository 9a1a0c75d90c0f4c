import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '@commercetools/platform-sdk';
import { beforeEach, describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { published } from './notifications.ts';
import { functionForAll } from './support.ts';

const { klaviyo, shop, push } = await functionForAll();

const [jeans, jacket] = seeded('product');
if (!jeans || !jacket) throw new Error('The seed lacks products');
const [moving] = jeans.masterData.current.variants;
if (!moving) throw new Error('The jeans lack variants');

const MOVING = String(moving.sku);
const skus = (product: Product) => klaviyo.variantsOf(product.id).map(({ sku }) => sku);
const deleted = ({ id }: Product) => ({
  ...fixture('ResourceDeleted.product'),
  resource: { typeId: 'product', id },
});

/** A product with these variants besides its master variant. */
const having = (product: Product, variants: Product['masterData']['current']['variants']): Product => ({
  ...product,
  masterData: { ...product.masterData, current: { ...product.masterData.current, variants } },
});

/** The shop gives one variant of the jeans to the jacket. */
async function move(): Promise<void> {
  const left = jeans?.masterData.current.variants.filter(({ sku }) => sku !== MOVING) ?? [];
  if (!jeans || !jacket || !moving) throw new Error('The seed lacks products');
  await shop.put('product', having(jeans, left));
  await shop.put('product', having(jacket, [{ ...moving, id: 9 }]));
}

beforeEach(async () => {
  await push(published(jeans.id));
  await push(published(jacket.id));
});

describe('a SKU that moves to another product moves to its item', () => {
  test.each([
    ['when the product that has it now comes first', [jacket, jeans]],
    ['when the product that had it comes first', [jeans, jacket]],
    ['when either comes again', [jacket, jeans, jacket, jeans]],
  ])('%s', async (_, deliveries) => {
    await move();
    for (const product of deliveries) expect(await push(published(product.id))).toBe(204);

    expect(skus(jacket).sort()).toEqual([MOVING, String(jacket.masterData.current.masterVariant.sku)].sort());
    expect(klaviyo.variant(MOVING)).toMatchObject({ title: 'Storm Rain Jacket', published: true });
    expect(skus(jeans)).toHaveLength(5);
  });

  test('and back, though this process has written it there before', async () => {
    const variant = klaviyo.state.variants.get(MOVING) ?? expect.unreachable();
    variant.item = `$custom:::$default:::${jacket.id}`;

    expect(await push(published(jeans.id))).toBe(204);
    expect(skus(jeans)).toHaveLength(6);
  });

  test('and stays there while the other product is written from what Klaviyo had before', async () => {
    await move();
    const match = ({ method, path }: { method: string; path: string }) =>
      method === 'GET' && decodeURIComponent(path).includes(`:::${jeans.id}/variants`);
    klaviyo.faults.add({ match, effect: { kind: 'slow', milliseconds: 1000 } });
    const isWritten = push(published(jeans.id));
    await sleep(100);

    expect(await push(published(jacket.id))).toBe(204);
    expect(await isWritten).toBe(204);
    expect(skus(jacket)).toContain(MOVING);
  });
});

test.each([
  ['after the new one was written', (gone: Product, now: Product) => [published(now.id), deleted(gone)]],
  ['before the new one was written', (gone: Product, now: Product) => [deleted(gone), published(now.id)]],
])('a product that is replaced by one with the same SKUs, and deleted %s, leaves all of them', async (_, told) => {
  const { masterVariant, variants } = jeans.masterData.current;
  const current = { ...jacket.masterData.current, masterVariant, variants };
  const successor = { ...jacket, masterData: { ...jacket.masterData, current } };
  await shop.remove('product', jeans.id);
  await shop.put('product', successor);

  for (const notification of told(jeans, successor)) expect(await push(notification)).toBe(204);
  expect(klaviyo.item(jeans.id)).toBeUndefined();
  expect(skus(successor)).toHaveLength(6);
});
