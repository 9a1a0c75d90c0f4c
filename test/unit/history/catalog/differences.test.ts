import { describe, expect, test } from 'vitest';
import { compareItem, type ShownItem } from '../../../../shared/history/catalog/differences.ts';
import { catalogId } from '../../../../shared/klaviyo/writers/answers.ts';
import { toItem } from '../../../../shared/mappers/catalog/item.ts';
import { category, type Fields, product } from '../../factories.ts';
import { settings } from '../../support.ts';

const STOCK = [{ id: 'stock-1', sku: 'SKU-1', availableQuantity: 7 }];
const women = { id: 'women', obj: category() };
const { item } = toItem(
  product({ categories: [women], variants: [{ id: 2, sku: 'SKU-2' }] }),
  settings({ locale: 'en-GB' }),
  0,
  STOCK,
);

const ITEM = {
  title: 'Jeans',
  description: null,
  url: 'None',
  image_full_url: null,
  price: 0,
  custom_metadata: item.customMetadata,
  published: true,
};
const first = { ...ITEM, sku: 'SKU-1', inventory_quantity: 7, inventory_policy: 1 };
const second = { ...ITEM, sku: 'SKU-2', inventory_quantity: 0, inventory_policy: 2 };

const entry = (id: string, attributes: Fields, variantIds?: string[]) => ({
  id: catalogId(id),
  attributes,
  ...(variantIds && { relationships: { variants: { data: variantIds.map((one) => ({ id: catalogId(one) })) } } }),
});

const shown = (given: Partial<ShownItem> = {}): ShownItem => ({
  item: entry('product-1', ITEM, ['SKU-1', 'SKU-2']),
  variants: new Map([
    ['SKU-1', entry('SKU-1', first)],
    ['SKU-2', entry('SKU-2', second)],
  ]),
  categories: new Set(['women']),
  ...given,
});

const withVariant = (attributes: Fields) =>
  shown({ variants: new Map([...shown().variants, ['SKU-1', entry('SKU-1', { ...first, ...attributes })]]) });

const differing = (subject: string, id: string, ...fields: string[]) => ({ subject, what: 'differing', id, fields });
const missing = (subject: string, id: string) => ({ subject, what: 'missing', id });

describe('an item', () => {
  test('is the same', () => {
    expect(compareItem(item, shown())).toEqual({ differences: [], jobs: { item: undefined, variants: [] } });
  });

  test.each([
    ['title', { title: 'Hose' }],
    ['description', { description: 'Blue' }],
    ['image_full_url', { image_full_url: 'https://images.example.org/1.png' }],
    ['price', { price: 1 }],
    ['custom_metadata', { custom_metadata: {} }],
    ['published', { published: false }],
  ])('that differs in %s is updated by a job', (name, attributes) => {
    const compared = compareItem(item, shown({ item: entry('product-1', { ...ITEM, ...attributes }) }));
    expect(compared.differences).toEqual([differing('item', 'product-1', name)]);
    expect(compared.jobs).toEqual({ item: 'update', variants: [] });
  });

  test('that is missing is created by jobs with its variants', () => {
    const compared = compareItem(item, { item: undefined, variants: new Map(), categories: new Set() });
    expect(compared.differences).toEqual([
      missing('item', 'product-1'),
      missing('variant', 'SKU-1'),
      missing('variant', 'SKU-2'),
    ]);
    expect(compared.jobs).toEqual({
      item: 'create',
      variants: item.variants.map((variant) => ({ how: 'create', variant })),
    });
  });

  test.each([
    ['lacks one', []],
    ['has another', ['women', 'men']],
  ])('that %s of its categories is left to the live way', (_, categories) => {
    const compared = compareItem(item, shown({ categories: new Set(categories) }));
    expect(compared).toEqual({ differences: [differing('item', 'product-1', 'categories')], jobs: undefined });
  });
});

describe('a variant', () => {
  test.each([
    ['inventory_quantity', { inventory_quantity: 6 }],
    ['inventory_policy', { inventory_policy: 2 }],
    ['published', { published: false }],
    ['sku', { sku: null }],
  ])('that differs in %s is updated by a job', (name, attributes) => {
    const compared = compareItem(item, withVariant(attributes));
    expect(compared.differences).toEqual([differing('variant', 'SKU-1', name)]);
    expect(compared.jobs).toEqual({ item: undefined, variants: [{ how: 'update', variant: item.variants[0] }] });
  });

  test('that is missing is created by a job', () => {
    const compared = compareItem(item, shown({ variants: new Map([['SKU-1', entry('SKU-1', first)]]) }));
    expect(compared.differences).toEqual([missing('variant', 'SKU-2')]);
    expect(compared.jobs?.variants).toEqual([{ how: 'create', variant: item.variants[1] }]);
  });

  test('of another item is left to the live way', () => {
    const compared = compareItem(item, shown({ item: entry('product-1', ITEM, ['SKU-2']) }));
    expect(compared).toEqual({ differences: [differing('variant', 'SKU-1', 'item')], jobs: undefined });
  });

  test('of another item is left to the live way while its own item is missing', () => {
    const compared = compareItem(item, shown({ item: undefined }));
    expect(compared.differences).toContainEqual(differing('variant', 'SKU-1', 'item'));
    expect(compared.jobs).toBeUndefined();
  });

  test('is taken for one of its item where Klaviyo does not show whose it is', () => {
    expect(compareItem(item, shown({ item: entry('product-1', ITEM) })).differences).toEqual([]);
  });

  test('that the product does not have is left to the live way', () => {
    const compared = compareItem(item, shown({ item: entry('product-1', ITEM, ['SKU-1', 'SKU-2', 'SKU-3']) }));
    expect(compared).toEqual({
      differences: [{ subject: 'variant', what: 'extra', id: 'SKU-3' }],
      jobs: undefined,
    });
  });
});
