import type { Product } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { published } from './notifications.ts';
import { functionForAll } from './support.ts';

const { klaviyo, shop, push } = await functionForAll();

const [jeans] = seeded('product');
if (!jeans) throw new Error('The seed lacks products');

/** The jeans in this many variants. */
function inVariants(count: number): Product {
  const { masterVariant } = jeans?.masterData.current ?? {};
  if (!jeans || !masterVariant) throw new Error('The seed lacks products');
  const [first = masterVariant, ...variants] = Array.from({ length: count }, (_, index) => ({
    ...{ ...masterVariant, id: index + 1, sku: `SKU-${index}`, key: `key-${index}` },
  }));
  const current = { ...jeans.masterData.current, masterVariant: first, variants };
  return { ...jeans, masterData: { ...jeans.masterData, current } };
}

const isPage = (number: number) => {
  const hasCursor = number > 1;
  return ({ method, path }: { method: string; path: string }) =>
    method === 'GET' && path.includes('/variants') && path.includes('cursor') === hasCursor;
};
const skus = () => klaviyo.variantsOf(jeans.id).map(({ sku }) => sku);

describe('a product of more than 100 variants', () => {
  test('has all of them', async () => {
    await shop.put('product', inVariants(250));

    expect(await push(published(jeans.id))).toBe(204);
    expect(skus()).toHaveLength(250);
    expect(await push(published(jeans.id))).toBe(204);
    expect(skus()).toHaveLength(250);
  });

  test('loses those that are gone, on whichever page they are', async () => {
    await shop.put('product', inVariants(250));
    await push(published(jeans.id));
    await shop.put('product', inVariants(3));

    expect(await push(published(jeans.id))).toBe(204);
    expect(skus().sort()).toEqual(['SKU-0', 'SKU-1', 'SKU-2']);
  });

  test('fails, deletes nothing and does not loop when its second page cannot be read', async () => {
    await shop.put('product', inVariants(150));
    await push(published(jeans.id));
    await shop.put('product', inVariants(3));
    klaviyo.requests.length = 0;
    klaviyo.faults.add({ match: isPage(2), times: Infinity, effect: { kind: 'status', status: 503 } });

    expect(await push(published(jeans.id))).toBe(500);
    expect(skus()).toHaveLength(150);
    expect(klaviyo.requests.filter(isPage(2)).length).toBeLessThan(10);

    klaviyo.faults.clear();
    expect(await push(published(jeans.id))).toBe(204);
    expect(skus()).toHaveLength(3);
  });

  test('fails and does not loop when a page leads back to itself', async () => {
    await shop.put('product', inVariants(101));
    await push(published(jeans.id));
    klaviyo.requests.length = 0;
    const next = `https://a.klaviyo.com/api/catalog-items/x/variants?page%5Bcursor%5D=again`;
    const body = { data: [], links: { next } };
    klaviyo.faults.add({ match: isPage(1), times: Infinity, effect: { kind: 'status', status: 200, body } });
    klaviyo.faults.add({ match: isPage(2), times: Infinity, effect: { kind: 'status', status: 200, body } });

    expect(await push(published(jeans.id))).toBe(500);
    expect(klaviyo.requests.filter(({ method }) => method === 'GET').length).toBeLessThan(10);
    expect(skus()).toHaveLength(101);
  });
});

test('a variant that was deleted in between is no failure, nor one that was created', async () => {
  await push(published(jeans.id));
  await shop.put('product', inVariants(2));
  const lost = { kind: 'lost-reply' } as const;
  klaviyo.faults.add({ match: ({ method }) => method === 'DELETE', effect: lost });
  klaviyo.faults.add({ match: ({ method, path }) => method === 'POST' && path.includes('variants'), effect: lost });

  expect(await push(published(jeans.id))).toBe(204);
  expect(skus().sort()).toEqual(['SKU-0', 'SKU-1']);
});
