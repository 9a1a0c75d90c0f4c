import { describe, expect, it } from 'vitest';
import { InvalidMessageError, RetryableError } from '../../../../shared/errors.ts';
import type { CatalogItem, Write } from '../../../../shared/klaviyo/writes.ts';
import type { Message } from '../../../../shared/platform-format/schema.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const id = (number: number) => `d0d00000-0000-4000-8000-00000000000${number}`;
const CHANNEL = 'c4a00000-0000-4000-8000-000000000001';
const itemOf = ([write]: Write[]): CatalogItem =>
  write?.kind === 'upsertItem' ? write.item : expect.unreachable('no item is planned');
const published = async (number: number, given?: Fields) =>
  itemOf(
    await local.plan(notification('ProductPublished', { resource: { typeId: 'product', id: id(number) } }), given),
  );

describe('a product that was published', () => {
  it('is an item with its categories and variants', async () => {
    const entry = {
      title: 'Ember Camp Stove',
      description: 'Folds to the size of a fist.',
      url: 'https://shop.example.org/en-GB/ember-camp-stove',
      imageFullUrl: 'https://images.example.org/shop/ember-stove.jpg',
      price: 64.9,
      customMetadata: expect.objectContaining({
        title_json: '{"title_en-GB":"Ember Camp Stove","title_de-DE":"Campingkocher Glut"}',
        slug_json: '{"slug_en-GB":"ember-camp-stove","slug_de-DE":"campingkocher-glut"}',
      }),
    };
    expect(await published(6)).toEqual({
      id: id(6),
      ...entry,
      categories: [
        { id: 'ca700000-0000-4000-8000-000000000007', name: 'Equipment' },
        { id: 'ca700000-0000-4000-8000-000000000009', name: 'Equipment > Camp Kitchen' },
        { id: 'ca700000-0000-4000-8000-000000000010', name: 'Equipment > Camp Kitchen > Stoves' },
      ],
      variants: [{ ...entry, id: 'EMBER-STOVE', sku: 'EMBER-STOVE', inventoryQuantity: 14, inventoryPolicy: 1 }],
    });
  });

  it('has all its variants with their prices and stock', async () => {
    const { price, categories, variants } = itemOf(await local.plan(notification('ProductPublished')));
    expect([price, categories.map(({ name }) => name)]).toEqual([
      79.95,
      ['Women', 'Women > Pants', 'Women > Pants > Jeans'],
    ]);
    expect(
      variants.map(({ sku, inventoryQuantity, inventoryPolicy }) => [sku, inventoryQuantity, inventoryPolicy]),
    ).toEqual([
      ['JEANS-IND-27', 12, 1],
      ['JEANS-IND-28', 0, 1],
      ['JEANS-IND-29', 5, 1],
      ['JEANS-IND-30', 9, 1],
      ['JEANS-IND-31', 0, 2],
      ['JEANS-IND-32', 8, 1],
    ]);
  });

  it('is the same without its payload', async () => {
    const whole = await local.plan(notification('ProductPublished'));
    expect(await local.plan(notification('ProductPublished.payloadNotIncluded'))).toEqual(whole);
  });

  it('has the price that commercetools selects for the settings', async () => {
    const priceFor = async (number: number, prices: Fields) => (await published(number, { prices })).price;
    expect(await priceFor(1, { currency: 'EUR' })).toBe(109);
    expect(await priceFor(1, { currency: 'EUR', country: 'AT' })).toBe(104.95);
    expect(await priceFor(1, { currency: 'GBP', country: 'GB' })).toBe(89);
    expect(await priceFor(1, { currency: 'JPY', country: 'JP' })).toBe(15800);
    expect(await priceFor(2, { currency: 'EUR', country: 'DE' })).toBe(249);
    expect(await priceFor(2, { currency: 'EUR', country: 'DE', channel: CHANNEL })).toBe(229);
    expect(await priceFor(4, { currency: 'EUR', country: 'DE' })).toBe(2.4575);
    expect(await priceFor(6, { currency: 'EUR' })).toBe(69.9);
  });

  it('has the first public price when nothing is selected or no currency is set', async () => {
    expect((await published(1, { prices: { currency: 'GBP', country: 'DE' } })).price).toBe(89);
    expect((await published(1, { prices: {} })).price).toBe(79.95);
    expect((await published(1, { prices: { currency: 'CHF' } })).price).toBe(0);
  });

  it('has the stock of the channel that is set', async () => {
    const { variants } = await published(1, { catalog: { inventoryChannel: CHANNEL } });
    const stock = variants.map(({ inventoryQuantity, inventoryPolicy }) => [inventoryQuantity, inventoryPolicy]);
    expect(stock.slice(0, 4)).toEqual([
      [0, 2],
      [0, 2],
      [0, 1],
      [9, 1],
    ]);
  });

  it('has variants without a SKU, image or description', async () => {
    const { variants } = await published(2, { productUrlTemplate: undefined });
    expect(variants.at(-1)).toMatchObject({ id: `${id(2)}-3`, sku: `${id(2)}-3`, imageFullUrl: null, url: 'None' });
    expect((await published(3)).description).toBe('');
  });

  it('is hidden when it is not published any more, and deleted when it is gone', async () => {
    await local.shop.unpublish(id(1));
    expect(await local.plan(notification('ProductPublished'))).toEqual([{ kind: 'unpublishItem', id: id(1) }]);
    await local.shop.remove('product', id(1));
    expect(await local.plan(notification('ProductPublished'))).toEqual([{ kind: 'deleteItem', id: id(1) }]);
  });
});

describe('a product that was published, while the query for it lags behind the message', () => {
  const version = (notification('ProductPublished') as Message).resourceVersion ?? expect.unreachable();
  const answer = (product: Fields) => {
    const effect = { kind: 'status', status: 200, body: { results: [product] } } as const;
    local.shop.faults.add({ match: ({ path }) => path.includes('/product-projections'), effect });
  };
  const older = { id: id(1), version: version - 1, name: {}, slug: {}, masterVariant: { id: 1, sku: 'OLD' } };
  const plan = () => local.plan(notification('ProductPublished'));

  it('is an error that may pass', async () => {
    answer(older);
    const error = await rejectionOf(plan());
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toContain(`product ${id(1)} is published, but cannot be queried`);
  });

  it('is an item when the product itself is no newer', async () => {
    const jeans = (await local.shop.get('product', id(1))) ?? expect.unreachable();
    await local.shop.remove('product', jeans.id);
    await local.shop.put('product', { ...jeans, version: older.version });
    answer(older);
    expect(itemOf(await plan()).variants).toMatchObject([{ id: 'OLD' }]);
  });

  it('is hidden when it is not published any more, and deleted when it is gone', async () => {
    await local.shop.unpublish(id(1));
    answer(older);
    expect(await plan()).toEqual([{ kind: 'unpublishItem', id: id(1) }]);
    await local.shop.remove('product', id(1));
    answer(older);
    expect(await plan()).toEqual([{ kind: 'deleteItem', id: id(1) }]);
  });

  it('costs one more read only then', async () => {
    await plan();
    expect(local.shop.requests.filter(({ path }) => path.includes('/products/'))).toEqual([]);
  });

  it('and of a project with the Modular Catalog is refused in words that tell why', async () => {
    const { masterVariant, ...modular } = older;
    answer(modular);
    const error = await rejectionOf(plan());
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toMatch(new RegExp(`product ${id(1)} .*masterVariant: .*Modular Catalog.*not supported yet`));
  });
});

describe('a product that has gone since it was written', () => {
  const category = (number: number) => `ca700000-0000-4000-8000-00000000000${number}`;

  it.each([
    ['is published no more', 'ProductPublished', 'unpublishItem'],
    ['was unpublished', 'ProductUnpublished', 'unpublishItem'],
    ['is deleted', 'ProductPublished', 'deleteItem'],
  ])('and %s, takes away the categories that have gone as well', async (_, name, kind) => {
    const about = notification(name, { resource: { typeId: 'product', id: id(1) } });
    const before = await local.plan(notification('ProductPublished'));
    if (kind === 'deleteItem') await local.shop.remove('product', id(1));
    else await local.shop.unpublish(id(1));
    await local.shop.remove('category', category(2));

    expect(await local.plan(about, {}, { previous: before })).toEqual([
      { kind, id: id(1) },
      { kind: 'upsertCategory', category: { id: category(1), name: 'Women' }, descendants: [] },
      { kind: 'deleteCategory', id: category(2) },
      { kind: 'deleteCategory', id: category(3) },
    ]);
  });
});

describe('a product that was unpublished', () => {
  it('is hidden', async () => {
    expect(await local.plan(notification('ProductUnpublished'))).toEqual([{ kind: 'unpublishItem', id: id(5) }]);
  });

  it('is deleted when the settings say so', async () => {
    const plan = await local.plan(notification('ProductUnpublished'), { catalog: { onUnpublish: 'delete' } });
    expect(plan).toEqual([{ kind: 'deleteItem', id: id(5) }]);
  });

  it('is hidden when it is gone altogether', async () => {
    await local.shop.remove('product', id(5));
    expect(await local.plan(notification('ProductUnpublished'))).toEqual([{ kind: 'unpublishItem', id: id(5) }]);
  });

  it('is shown when it was published again since', async () => {
    await local.shop.publish(id(5));
    expect(itemOf(await local.plan(notification('ProductUnpublished'))).id).toBe(id(5));
  });

  it('is hidden while commercetools still shows it as it was before', async () => {
    await local.shop.publish(id(5));
    const { version = 0 } = (await local.shop.get('product', id(5))) ?? {};
    const about = notification('ProductUnpublished', { resourceVersion: version + 1 });
    expect(await local.plan(about)).toEqual([{ kind: 'unpublishItem', id: id(5) }]);
  });
});

it('a product that was deleted is deleted, and nothing is read', async () => {
  expect(await local.plan(notification('ResourceDeleted.product'))).toEqual([{ kind: 'deleteItem', id: id(3) }]);
  expect(local.shop.requests).toEqual([]);
});
