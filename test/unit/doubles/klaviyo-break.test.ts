import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { changesBetween, entriesOf } from '../../integration/state.ts';

let klaviyo: KlaviyoStandIn;

beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => klaviyo.reset());
afterAll(() => klaviyo.stop());

const id = (externalId: string) => `$custom:::$default:::${externalId}`;
const page = { description: '', url: 'https://shop.example.org' };
const customers = ['c1', 'c2', 'c3'];

const track = (uniqueId: string, externalId: string) =>
  sdkFor(klaviyo).events.createEvent({
    data: {
      type: 'event',
      attributes: {
        ...{ properties: {}, uniqueId },
        metric: { data: { type: 'metric', attributes: { name: 'Placed Order' } } },
        profile: { data: { type: 'profile', attributes: { externalId } } },
      },
    },
  });

async function fill() {
  const { profiles, catalogs } = sdkFor(klaviyo);
  for (const externalId of customers)
    await profiles.createProfile({ data: { type: 'profile', attributes: { externalId, firstName: 'Ann' } } });
  for (const [order, customer] of [
    ['o1', 'c1'],
    ['o2', 'c1'],
    ['o3', 'c2'],
  ] as const)
    await track(order, customer);
  await catalogs.createCatalogCategory({
    data: { type: 'catalog-category', attributes: { externalId: 'tops', name: 'Tops' } },
  });
  for (const externalId of ['i1', 'i2', 'i3', 'i4']) {
    const categories = { data: [{ type: 'catalog-category', id: id('tops') } as const] };
    await catalogs.createCatalogItem({
      data: {
        type: 'catalog-item',
        attributes: { externalId, title: externalId, ...page, price: 10 },
        relationships: { categories },
      },
    });
    await catalogs.createCatalogVariant({
      data: {
        type: 'catalog-variant',
        attributes: {
          externalId: `${externalId}v`,
          title: '',
          ...page,
          sku: externalId,
          inventoryQuantity: 3,
          price: 10,
        },
        relationships: { item: { data: { type: 'catalog-item', id: id(externalId) } } },
      },
    });
  }
}

const ask = (path: string, method: string) => fetch(klaviyo.url + path, { method });

test('ten things are broken, the same each time, and told', async () => {
  await fill();
  const before = entriesOf(klaviyo.state);
  const told = await (await ask('/-/break', 'POST')).json();

  expect(told).toEqual([
    { subject: 'profile', id: 'c3', what: 'missing', with: [] },
    { subject: 'profile', id: 'c1', what: 'differing', field: 'first_name' },
    { subject: 'Placed Order', id: 'o1', what: 'missing' },
    { subject: 'Placed Order', id: 'o2', what: 'missing' },
    { subject: 'item', id: 'i1', what: 'missing', with: ['i1v'] },
    { subject: 'item', id: 'i2', what: 'differing', field: 'price' },
    { subject: 'item', id: 'i3', what: 'differing', field: 'categories' },
    { subject: 'variant', id: 'i2v', what: 'missing' },
    { subject: 'variant', id: 'i3v', what: 'differing', field: 'inventory_quantity' },
    { subject: 'category', id: 'tops', what: 'differing', field: 'name' },
  ]);
  expect(changesBetween(before, entriesOf(klaviyo.state))).toEqual(
    [
      ...['- profile c3', '~ profile c1', '- Placed Order o1 of c1', '- Placed Order o2 of c1', '~ category tops'],
      ...['- item i1', '- variant i1v', '~ item i2', '~ item i3', '- variant i2v', '~ variant i3v'],
    ].sort(),
  );
});

test('a deleted profile takes its events with it', async () => {
  await track('o1', 'c1');

  expect(await (await ask('/-/break', 'POST')).json()).toEqual([
    { subject: 'profile', id: 'c1', what: 'missing', with: ['o1'] },
  ]);
  expect(klaviyo.state.events).toEqual([]);
});

test('nothing is broken where nothing is', async () => {
  expect(await (await ask('/-/break', 'POST')).json()).toEqual([]);
});

test('everything is forgotten on demand, and none of it is Klaviyo’s business', async () => {
  await fill();
  const { length } = klaviyo.requests;

  expect((await ask('/-/state', 'DELETE')).status).toBe(204);
  expect(entriesOf(klaviyo.state)).toEqual(new Map());
  expect((await ask('/-/nonsense', 'GET')).status).toBe(404);
  expect(klaviyo.requests).toHaveLength(length);
});
