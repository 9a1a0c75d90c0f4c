import type {
  CatalogItemCreateQueryResourceObjectAttributes,
  CatalogVariantCreateQueryResourceObjectAttributes,
} from 'klaviyo-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

let klaviyo: KlaviyoStandIn;
let api: ReturnType<typeof sdkFor>['catalogs'];

beforeAll(async () => {
  klaviyo = await startKlaviyo();
  api = sdkFor(klaviyo).catalogs;
});
beforeEach(() => {
  klaviyo.reset();
  klaviyo.patchReplacesCategories = false;
});
afterAll(() => klaviyo.stop());

const id = (externalId: string) => `$custom:::$default:::${externalId}`;
const toCategories = (externalIds: string[]) => ({
  data: externalIds.map((externalId) => ({ type: 'catalog-category' as const, id: id(externalId) })),
});
const texts = { title: 'Shirt', description: '', url: 'https://shop.example.org/shirt' };

function createCategory(externalId: string) {
  return api.createCatalogCategory({
    data: { type: 'catalog-category', attributes: { externalId, name: `Name of ${externalId}` } },
  });
}

function createItem(
  externalId: string,
  categories: string[] = [],
  attributes: Partial<CatalogItemCreateQueryResourceObjectAttributes> = {},
) {
  return api.createCatalogItem({
    data: {
      type: 'catalog-item',
      attributes: { externalId, ...texts, ...attributes },
      relationships: { categories: toCategories(categories) },
    },
  });
}

function patchItem(externalId: string, categories: string[]) {
  const relationships = { categories: toCategories(categories) };
  return api.updateCatalogItem(id(externalId), {
    data: { type: 'catalog-item', id: id(externalId), attributes: { title: 'New' }, relationships },
  });
}

function createVariant(
  externalId: string,
  item: string,
  attributes: Partial<CatalogVariantCreateQueryResourceObjectAttributes> = {},
) {
  return api.createCatalogVariant({
    data: {
      type: 'catalog-variant',
      attributes: { externalId, ...texts, sku: externalId, inventoryQuantity: 1, price: 2.5, ...attributes },
      relationships: { item: { data: { type: 'catalog-item', id: id(item) } } },
    },
  });
}

const status = (code: number) => ({ response: { status: code } });
const missing = (pointer: string) => ({ response: { status: 400, data: { errors: [{ source: { pointer } }] } } });

/** The response types of the SDK hold less than the wire, so the tests look at the wire. */
function wire(result: { response: { data: unknown } }): { data: { id: string; attributes: object }[] } {
  return JSON.parse(JSON.stringify(result.response.data));
}

describe('categories', () => {
  test('are created once, renamed and deleted', async () => {
    expect((await createCategory('k1')).response.status).toBe(201);
    await expect(createCategory('k1')).rejects.toMatchObject(status(409));
    await api.updateCatalogCategory(id('k1'), {
      data: { type: 'catalog-category', id: id('k1'), attributes: { name: 'Women' } },
    });

    expect(klaviyo.category('k1')).toMatchObject({ id: id('k1'), name: 'Women' });
    expect((await api.deleteCatalogCategory(id('k1'))).response.status).toBe(204);
    await expect(api.deleteCatalogCategory(id('k1'))).rejects.toMatchObject(status(404));
  });

  test('that are deleted leave their items, without the relation', async () => {
    await createCategory('k1');
    await createCategory('k2');
    await createItem('p1', ['k1', 'k2']);
    await api.deleteCatalogCategory(id('k1'));

    expect(klaviyo.item('p1')?.categories).toEqual([id('k2')]);
  });
});

describe('items', () => {
  test('are created once, with what they say and what is the default', async () => {
    await createCategory('k1');
    const { response } = await createItem('p1', ['k1'], { price: 9.5, customMetadata: { a: '1' } });

    expect(response.status).toBe(201);
    expect(klaviyo.item('p1')).toMatchObject({
      ...{ id: id('p1'), ...texts, price: 9.5, published: true, custom_metadata: { a: '1' } },
      categories: [id('k1')],
    });
    await expect(createItem('p1')).rejects.toMatchObject(status(409));
  });

  test('need their categories first', async () => {
    await expect(createItem('p1', ['k1'])).rejects.toMatchObject(status(404));
    await createItem('p1');
    await expect(patchItem('p1', ['k1'])).rejects.toMatchObject(status(404));
    await expect(patchItem('p2', [])).rejects.toMatchObject(status(404));
  });

  test('that lack something required are refused with a pointer to it', async () => {
    await expect(createItem('p1', [], JSON.parse('{"description":null}'))).rejects.toMatchObject(
      missing('/data/attributes/description'),
    );
  });

  test('may not have more than 100 kB of metadata, nor may their variants', async () => {
    const customMetadata = { title_json: 'x'.repeat(100_001) };
    const refusal = missing('/data/attributes/custom_metadata');
    await expect(createItem('p1', [], { customMetadata })).rejects.toMatchObject(refusal);
    await createItem('p1');
    await expect(createVariant('v1', 'p1', { customMetadata })).rejects.toMatchObject(refusal);
  });

  test.each([
    [false, ['k1', 'k2']],
    [true, ['k2']],
  ])('take categories by PATCH, replacing them: %s', async (replaces, expected) => {
    await createCategory('k1');
    await createCategory('k2');
    await createItem('p1', ['k1']);
    klaviyo.patchReplacesCategories = replaces;
    await patchItem('p1', ['k2']);

    expect(klaviyo.item('p1')).toMatchObject({ title: 'New', categories: expected.map(id) });
  });

  test('have their categories added, replaced and removed as relationships', async () => {
    for (const externalId of ['k1', 'k2', 'k3']) await createCategory(externalId);
    await createItem('p1', ['k1']);
    const shown = async () => wire(await api.getCategoryIdsForCatalogItem(id('p1'))).data.map((entry) => entry.id);

    await api.addCategoriesToCatalogItem(id('p1'), toCategories(['k2']));
    expect(await shown()).toEqual([id('k1'), id('k2')]);
    await api.updateCategoriesForCatalogItem(id('p1'), toCategories(['k2', 'k3']));
    expect(await shown()).toEqual([id('k2'), id('k3')]);
    await api.removeCategoriesFromCatalogItem(id('p1'), toCategories(['k2']));
    expect(await shown()).toEqual([id('k3')]);
    await expect(api.updateCategoriesForCatalogItem(id('p1'), toCategories(['k9']))).rejects.toMatchObject(status(404));
    expect(wire(await api.getCategoriesForCatalogItem(id('p1'))).data[0]?.attributes).toMatchObject({
      name: 'Name of k3',
    });
  });

  test('take their variants with them', async () => {
    await createItem('p1');
    await createItem('p2');
    await createVariant('v1', 'p1');
    await createVariant('v2', 'p2');
    await api.deleteCatalogItem(id('p1'));

    expect([...klaviyo.state.variants.keys()]).toEqual(['v2']);
    await expect(api.deleteCatalogItem(id('p1'))).rejects.toMatchObject(status(404));
  });

  test('may have an external id that needs encoding', async () => {
    await createItem('a/b ü?');
    await createVariant('50% / v', 'a/b ü?');

    expect(wire(await api.getVariantsForCatalogItem(id('a/b ü?'))).data).toMatchObject([{ id: id('50% / v') }]);
    await api.deleteCatalogVariant(id('50% / v'));
    expect(klaviyo.variantsOf('a/b ü?')).toEqual([]);
  });
});

describe('variants', () => {
  test('need their item first, and a quantity', async () => {
    await expect(createVariant('v1', 'p1')).rejects.toMatchObject(status(404));
    await createItem('p1');
    await expect(createVariant('v1', 'p1', JSON.parse('{"inventoryQuantity":null}'))).rejects.toMatchObject(
      missing('/data/attributes/inventory_quantity'),
    );
  });

  test('are created once and changed', async () => {
    await createItem('p1');
    expect((await createVariant('v1', 'p1', { imageFullUrl: 'https://img.example.org/1' })).response.status).toBe(201);
    await expect(createVariant('v1', 'p1')).rejects.toMatchObject(status(409));
    await api.updateCatalogVariant(id('v1'), {
      data: {
        type: 'catalog-variant',
        id: id('v1'),
        attributes: { inventoryQuantity: 0, inventoryPolicy: 1, imageFullUrl: null },
      },
    });

    expect(klaviyo.variantsOf('p1')).toMatchObject([
      { sku: 'v1', price: 2.5, inventory_quantity: 0, inventory_policy: 1, published: true, image_full_url: null },
    ]);
  });

  test('are listed in pages of 100, by sku and by item, with only the fields asked for', async () => {
    await createItem('p1');
    await createItem('p2');
    for (let index = 0; index < 101; index += 1) await createVariant(`v${index}`, 'p1');
    await createVariant('other', 'p2');

    const first = await api.getVariantsForCatalogItem(id('p1'), { fieldsCatalogVariant: ['sku'] });
    const second = await api.getVariantsForCatalogItem(id('p1'), { pageCursor: first.body.links?.next ?? '' });
    const bySku = await api.getCatalogVariants({ filter: 'equals(sku,"v7")' });
    const byItem = await api.getCatalogVariants({ filter: `equals(item.id,'${id('p2')}')` });
    const byIds = await api.getCatalogVariants({ filter: `any(ids,["${id('v1')}","${id('other')}"])` });

    expect(wire(first).data).toHaveLength(100);
    expect(wire(first).data[0]?.attributes).toEqual({ sku: 'v0' });
    expect(wire(second).data.map((entry) => entry.id)).toEqual([id('v100')]);
    expect(wire(bySku).data.map((entry) => entry.id)).toEqual([id('v7')]);
    expect(wire(byItem).data.map((entry) => entry.id)).toEqual([id('other')]);
    expect(wire(byIds).data.map((entry) => entry.id)).toEqual([id('v1'), id('other')]);
    await expect(api.getVariantsForCatalogItem(id('p9'))).rejects.toMatchObject(status(404));
  });
});
