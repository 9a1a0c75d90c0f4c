import { describe, expect, it } from 'vitest';
import { toItem } from '../../../../shared/mappers/catalog/item.ts';
import { type Fields, price, product } from '../../factories.ts';
import { settings } from '../../support.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const itemOf = (fields: Fields = {}, given: Fields = { locale: 'de-DE' }) =>
  toItem(product(fields), settings(given), NOW).item;

describe('toItem', () => {
  it('maps a product, its categories and its variants', () => {
    const item = itemOf(
      {
        description: { 'de-DE': 'Robust' },
        categories: [{ id: 'women', obj: { id: 'women', name: { 'de-DE': 'Damen' } } }],
        masterVariant: {
          id: 1,
          sku: 'SKU-1',
          price: price(9995),
          images: [{ url: 'https://images.example.org/front.jpg' }, { url: 'https://images.example.org/back.jpg' }],
          availability: { availableQuantity: 3 },
        },
      },
      { locale: 'de-DE', productUrlTemplate: 'https://shop.example.org/{{productSlug}}?sku={{sku}}' },
    );
    const entry = {
      title: 'Hose',
      description: 'Robust',
      url: 'https://shop.example.org/hose?sku=SKU-1',
      imageFullUrl: 'https://images.example.org/front.jpg',
      price: 99.95,
      customMetadata: expect.objectContaining({ title_json: '{"title_en-GB":"Jeans","title_de-DE":"Hose"}' }),
    };
    expect(item).toEqual({
      id: 'product-1',
      ...entry,
      categories: [{ id: 'women', name: 'Damen' }],
      variants: [{ ...entry, id: 'SKU-1', sku: 'SKU-1', inventoryQuantity: 3, inventoryPolicy: 1 }],
    });
  });

  it('has each variant with its own SKU, image, price and stock', () => {
    const { variants } = itemOf({
      variants: [
        { id: 2, sku: 'SKU-2', images: [{ url: 'https://images.example.org/2.jpg' }], prices: [price(500)] },
        { id: 3, sku: 'SKU-3', availability: { availableQuantity: 0 } },
      ],
    });
    expect(variants).toMatchObject([
      { id: 'SKU-1', imageFullUrl: null, price: 0, inventoryPolicy: 2 },
      { id: 'SKU-2', imageFullUrl: 'https://images.example.org/2.jpg', price: 5, inventoryPolicy: 2 },
      { id: 'SKU-3', imageFullUrl: null, price: 0, inventoryQuantity: 0, inventoryPolicy: 1 },
    ]);
  });

  it.each([undefined, null, ''])('names a variant whose SKU is %j by the product and its number', (sku) => {
    const { variants } = itemOf({ variants: [{ id: 2, sku }] });
    expect(variants[1]).toMatchObject({ id: 'product-1-2', sku: 'product-1-2' });
  });

  it('has an empty description when there is none', () => {
    expect(itemOf()).toMatchObject({ description: '', variants: [{ description: '' }] });
  });

  it('has the URL "None" when no template is set', () => {
    expect(itemOf()).toMatchObject({ url: 'None', variants: [{ url: 'None' }] });
  });

  it('has the first name when there is none in the preferred locale', () => {
    expect(itemOf({}, { locale: 'fr-FR' }).title).toBe('Jeans');
  });

  it('counts the stock of the channel that is set', () => {
    const availability = { availableQuantity: 5, channels: { berlin: { availableQuantity: 0 } } };
    const masterVariant = { id: 1, sku: 'SKU-1', availability };
    const { variants } = itemOf({ masterVariant }, { catalog: { inventoryChannel: 'berlin' } });
    expect(variants[0]).toMatchObject({ inventoryQuantity: 0, inventoryPolicy: 1 });
  });
});
