import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

const CALM = { jobLag: 0, jobDelay: 0, jobFailures: 0, jobLimitStatus: 429, random: Math.random } as const;
const page = { description: '', url: 'https://shop.example.org' };
let klaviyo: KlaviyoStandIn;

beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => {
  klaviyo.reset();
  Object.assign(klaviyo, CALM);
});
afterAll(() => {
  expect(klaviyo.violations).toEqual([]);
  return klaviyo.stop();
});

const catalogs = () => sdkFor(klaviyo).catalogs;
const id = (externalId: string) => `$custom:::$default:::${externalId}`;
const named = (externalId: string) => ({ attributes: { externalId, title: externalId, ...page } });

async function createItems(externalIds: string[], category?: string) {
  const categories = category
    ? { categories: { data: [{ type: 'catalog-category', id: id(category) } as const] } }
    : {};
  const data = externalIds.map((one) => ({ type: 'catalog-item', ...named(one), relationships: categories }) as const);
  const { body } = await catalogs().bulkCreateCatalogItems({
    data: { type: 'catalog-item-bulk-create-job', attributes: { items: { data } } },
  });
  return body.data;
}

const createCategories = (names: string[]) =>
  catalogs().bulkCreateCatalogCategories({
    data: {
      type: 'catalog-category-bulk-create-job',
      attributes: {
        categories: {
          data: names.map((name) => ({ type: 'catalog-category', attributes: { externalId: name, name } })),
        },
      },
    },
  });

const createVariant = (externalId: string, item: string) =>
  catalogs().bulkCreateCatalogVariants({
    data: {
      type: 'catalog-variant-bulk-create-job',
      attributes: {
        variants: {
          data: [
            {
              type: 'catalog-variant',
              attributes: { ...named(externalId).attributes, sku: externalId, inventoryQuantity: 3, price: 12.5 },
              relationships: { item: { data: { type: 'catalog-item', id: id(item) } } },
            },
          ],
        },
      },
    },
  });

const itemJob = async (jobId: string) => (await catalogs().getBulkCreateCatalogItemsJob(jobId)).body.data.attributes;

test('a job is queued when it is accepted, worked on, and over a few calls later', async () => {
  klaviyo.jobLag = 2;
  const { id: jobId, attributes } = await createItems(['shirt', 'dress']);

  expect(attributes).toMatchObject({ status: 'queued', totalCount: 2, completedCount: 0, failedCount: 0 });
  expect(await itemJob(jobId)).toMatchObject({ status: 'processing', completedAt: null });
  expect(klaviyo.state.items.size).toBe(0);
  await itemJob(jobId);
  expect(await itemJob(jobId)).toMatchObject({ status: 'complete', completedCount: 2, failedCount: 0, errors: [] });
  expect([...klaviyo.state.items.keys()]).toEqual(['shirt', 'dress']);
});

test('a job takes time, if Klaviyo should be slow', async () => {
  Object.assign(klaviyo, { jobDelay: 3_600_000, random: () => 0.5 });
  const { id: jobId } = await createItems(['shirt']);

  expect(await itemJob(jobId)).toMatchObject({ status: 'processing' });
  klaviyo.finishJobs();
  expect(await itemJob(jobId)).toMatchObject({ status: 'complete' });
});

test('categories, items and variants are created, changed and deleted', async () => {
  await createCategories(['tops', 'sale']);
  await createItems(['shirt'], 'tops');
  await createVariant('shirt-m', 'shirt');
  expect(klaviyo.item('shirt')?.categories).toEqual([id('tops')]);
  expect(klaviyo.variant('shirt-m')).toMatchObject({ item: id('shirt'), price: 12.5, inventory_quantity: 3 });

  await catalogs().bulkUpdateCatalogCategories({
    data: {
      type: 'catalog-category-bulk-update-job',
      attributes: {
        categories: { data: [{ type: 'catalog-category', id: id('tops'), attributes: { name: 'Tops' } }] },
      },
    },
  });
  await catalogs().bulkUpdateCatalogItems({
    data: {
      type: 'catalog-item-bulk-update-job',
      attributes: { items: { data: [{ type: 'catalog-item', id: id('shirt'), attributes: { title: 'Shirt' } }] } },
    },
  });
  await catalogs().bulkUpdateCatalogVariants({
    data: {
      type: 'catalog-variant-bulk-update-job',
      attributes: { variants: { data: [{ type: 'catalog-variant', id: id('shirt-m'), attributes: { price: 9 } }] } },
    },
  });
  expect([klaviyo.category('tops')?.name, klaviyo.item('shirt')?.title, klaviyo.variant('shirt-m')?.price]).toEqual([
    ...['Tops', 'Shirt', 9],
  ]);

  await catalogs().bulkDeleteCatalogVariants({
    data: {
      type: 'catalog-variant-bulk-delete-job',
      attributes: { variants: { data: [{ type: 'catalog-variant', id: id('shirt-m') }] } },
    },
  });
  await catalogs().bulkDeleteCatalogItems({
    data: {
      type: 'catalog-item-bulk-delete-job',
      attributes: { items: { data: [{ type: 'catalog-item', id: id('shirt') }] } },
    },
  });
  await catalogs().bulkDeleteCatalogCategories({
    data: {
      type: 'catalog-category-bulk-delete-job',
      attributes: { categories: { data: [{ type: 'catalog-category', id: id('sale') }] } },
    },
  });
  const { variants, items, categories } = klaviyo.state;
  expect([variants.size, items.size, [...categories.keys()]]).toEqual([0, 0, ['tops']]);
});

describe('an entry fails by itself', () => {
  const at = (plural: string, index: number, rest = '') => `/data/attributes/${plural}/data/${index}${rest}`;

  test('when it is created and there already', async () => {
    await createItems(['shirt']);
    const { id: jobId } = await createItems(['dress', 'shirt', 'skirt']);

    expect(await itemJob(jobId)).toMatchObject({
      ...{ status: 'complete', totalCount: 3, completedCount: 2, failedCount: 1 },
      errors: [{ code: 'duplicate_error', source: { pointer: at('items', 1, '/attributes/external_id') } }],
    });
    expect([...klaviyo.state.items.keys()]).toEqual(['shirt', 'dress', 'skirt']);
  });

  test('when its category is not there', async () => {
    const { id: jobId } = await createItems(['shirt'], 'tops');

    expect(await itemJob(jobId)).toMatchObject({
      failedCount: 1,
      errors: [{ code: 'not_found', source: { pointer: at('items', 0) } }],
    });
  });

  test('when its item is not there', async () => {
    const { body } = await createVariant('shirt-m', 'shirt');
    const job = await catalogs().getBulkCreateVariantsJob(body.data.id);

    expect(job.body.data.attributes).toMatchObject({ failedCount: 1, errors: [{ code: 'not_found' }] });
  });

  test('when it is changed or deleted and not there', async () => {
    const changed = await catalogs().bulkUpdateCatalogItems({
      data: {
        type: 'catalog-item-bulk-update-job',
        attributes: { items: { data: [{ type: 'catalog-item', id: id('shirt'), attributes: { title: 'Shirt' } }] } },
      },
    });
    const deleted = await catalogs().bulkDeleteCatalogItems({
      data: {
        type: 'catalog-item-bulk-delete-job',
        attributes: { items: { data: [{ type: 'catalog-item', id: id('shirt') }] } },
      },
    });

    const jobs = [
      await catalogs().getBulkUpdateCatalogItemsJob(changed.body.data.id),
      await catalogs().getBulkDeleteCatalogItemsJob(deleted.body.data.id),
    ];
    for (const { body } of jobs) expect(body.data.attributes).toMatchObject({ failedCount: 1, completedCount: 0 });
  });

  test('for no reason, if Klaviyo should do so', async () => {
    // The first is how long the job waits.
    const numbers = [0, 0.9, 0.1, 0.9];
    Object.assign(klaviyo, { jobFailures: 0.5, random: () => numbers.shift() ?? 0 });
    const { id: jobId } = await createItems(['shirt', 'dress', 'skirt']);

    expect(await itemJob(jobId)).toMatchObject({ failedCount: 1, errors: [{ source: { pointer: at('items', 1) } }] });
    expect([...klaviyo.state.items.keys()]).toEqual(['shirt', 'skirt']);
  });
});

describe('a request is refused', () => {
  test('when it has more than a hundred entries', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `i${index}`);

    await expect(createItems(ids)).rejects.toMatchObject({ response: { status: 400 } });
    expect((await createItems(ids.slice(1))).attributes.totalCount).toBe(100);
  });

  test.each([400, 429] as const)('by %d when 500 jobs of its kind are in progress', async (status) => {
    Object.assign(klaviyo, { jobLag: 10_000, jobLimitStatus: status });
    for (let index = 0; index < 500; index += 1) await createItems([`i${index}`]);

    await expect(createItems(['shirt'])).rejects.toMatchObject({ response: { status } });
    await createCategories(['tops']);
    klaviyo.finishJobs();
    expect((await createItems(['shirt'])).attributes.status).toBe('queued');
  });

  test('when it asks for a job that is of another kind', async () => {
    const { id: jobId } = await createItems(['shirt']);

    await expect(catalogs().getBulkUpdateCatalogItemsJob(jobId)).rejects.toMatchObject({ response: { status: 404 } });
  });
});
