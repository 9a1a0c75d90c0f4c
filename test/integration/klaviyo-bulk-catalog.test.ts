import { describe, expect, it } from 'vitest';
import type { CatalogEntries } from '../../shared/klaviyo/bulk/account.ts';
import { isShown } from '../../shared/klaviyo/writers/shown.ts';
import type { CatalogItem } from '../../shared/klaviyo/writes.ts';
import type { FaultTarget } from '../doubles/faults.ts';
import { accountForAll } from './account.ts';

const { klaviyo, account } = await accountForAll();

const isJob = ({ method, path }: FaultTarget) => method === 'POST' && path.includes('-bulk-');
const jobs = () => klaviyo.requests.filter(isJob);

const some = <T>(count: number, make: (number: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const category = (number: number) => ({ id: `category-${number}`, name: `Women > Pants ${number}` });

const entry = {
  ...{ title: 'Jeans', description: '', url: 'https://shop.example.org/jeans', imageFullUrl: null, price: 79.95 },
  customMetadata: { title_json: '{"en":"Jeans"}' },
};

const item = (number: number, more: Partial<CatalogItem> = {}): CatalogItem => ({
  ...{ ...entry, id: `item-${number}`, variants: [], categories: [category(0)] },
  ...more,
});

const variant = (number: number, more: Partial<CatalogEntries['variant']> = {}): CatalogEntries['variant'] => ({
  ...{ ...entry, id: `variant-${number}`, sku: `variant-${number}`, itemId: 'item-0' },
  ...{ inventoryQuantity: 3, inventoryPolicy: 1 },
  ...more,
});

/** A catalog of one category, with an item in it. */
async function begun() {
  const own = account();
  await own.writeEntries('category', 'create', [category(0)]);
  await own.writeEntries('item', 'create', [item(0)]);
  klaviyo.requests.length = 0;
  return own;
}

describe('the catalog in bulk', () => {
  it('is created and changed as a handler does, a hundred entries a job', async () => {
    const own = account();
    klaviyo.jobLag = 2;
    const categories = some(3, category);
    expect(await own.writeEntries('category', 'create', categories)).toEqual([]);
    expect(await own.writeEntries('item', 'create', some(250, item))).toEqual([]);
    expect(await own.writeEntries('variant', 'create', some(2, variant))).toEqual([]);
    expect(jobs()).toHaveLength(5);

    const changed = { title: 'Wide Jeans', price: 89.95 };
    expect(await own.writeEntries('category', 'update', [{ id: 'category-1', name: 'Men' }])).toEqual([]);
    expect(await own.writeEntries('item', 'update', [item(1, { ...changed, categories })])).toEqual([]);
    expect(await own.writeEntries('variant', 'update', [variant(1, { ...changed, inventoryQuantity: 0 })])).toEqual([]);

    expect(klaviyo.category('category-1')).toMatchObject({ name: 'Men' });
    expect(klaviyo.item('item-1')).toMatchObject({ ...changed, published: true });
    expect(klaviyo.item('item-1')?.categories).toHaveLength(3);
    expect(klaviyo.variantsOf('item-0')).toMatchObject([
      { external_id: 'variant-0', price: 79.95, inventory_quantity: 3, published: true },
      { external_id: 'variant-1', price: 89.95, inventory_quantity: 0, published: true },
    ]);
  });

  it('tells which entries Klaviyo does not take: known ones, unknown ones, and those that lack something', async () => {
    const own = await begun();
    expect(await own.writeEntries('item', 'create', some(3, item))).toEqual(['item-0']);
    expect(await own.writeEntries('item', 'update', [item(0), item(9)])).toEqual(['item-9']);
    const variants = [variant(0), variant(1, { itemId: 'item-9' }), variant(2, { inventoryQuantity: undefined })];
    const refused = await own.writeEntries('variant', 'create', variants);
    expect(refused.toSorted()).toEqual(['variant-1', 'variant-2']);
    expect(klaviyo.variantsOf('item-0')).toHaveLength(1);
  });

  it.each(['cancelled', 'gone'])('tells of all entries of a job that is %s', async (end) => {
    const own = await begun();
    klaviyo.jobLag = 1000;
    const attributes = { status: 'cancelled', created_at: '2026-01-01T00:00:00Z', total_count: 2 };
    klaviyo.faults.add({
      match: ({ method, path }) => method === 'GET' && path.includes('-jobs/'),
      effect:
        end === 'gone'
          ? { kind: 'status', status: 404, body: { errors: [{ code: 'not_found', detail: 'Not found.' }] } }
          : { kind: 'status', status: 200, body: { data: { id: '1', attributes } } },
    });
    expect(await own.writeEntries('item', 'create', [item(1), item(2)])).toEqual(['item-1', 'item-2']);
  });

  it('is found by our ids, as it is shown', async () => {
    const own = await begun();
    await own.writeEntries(
      'item',
      'create',
      some(150, (number) => item(number + 1)),
    );
    await own.writeEntries('variant', 'create', [variant(0)]);
    const items = await own.entries(
      'item',
      some(170, (number) => `item-${number}`),
    );
    expect(items.size).toBe(151);
    const { id, variants, categories, ...attributes } = item(7);
    expect(isShown({ ...attributes, published: true }, items.get('item-7'))).toBe(true);
    const { itemId, ...told } = variant(0);
    expect(isShown({ ...told, id: undefined }, (await own.entries('variant', ['variant-0'])).get('variant-0'))).toBe(
      true,
    );
    expect((await own.entries('category', ['category-0', 'category-1'])).get('category-0')?.attributes?.name).toBe(
      category(0).name,
    );
  });

  it('is listed whole, page by page, with the items of a category', async () => {
    const own = await begun();
    await own.writeEntries(
      'item',
      'create',
      some(120, (number) => item(number + 1)),
    );
    const pages = await Array.fromAsync(own.allEntries('item'));
    expect(pages.map(({ size }) => size)).toEqual([100, 21]);
    const related = await Array.fromAsync(own.itemsOfCategory('category-0'));
    expect(related.flat().toSorted()).toEqual(some(121, (number) => `item-${number}`).toSorted());
    expect(await Array.fromAsync(own.itemsOfCategory('nowhere'))).toEqual([[]]);
    expect((await Array.fromAsync(own.allEntries('variant'))).flatMap((page) => [...page])).toEqual([]);
  });
});
