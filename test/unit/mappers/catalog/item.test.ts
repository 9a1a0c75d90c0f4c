import { describe, expect, it } from 'vitest';
import type { InventoryEntry } from '../../../../shared/commercetools/resources/inventory-entry.ts';
import { toItem } from '../../../../shared/mappers/catalog/item.ts';
import { type Fields, price, product } from '../../factories.ts';
import { settings } from '../../support.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const itemOf = (fields: Fields = {}, given: Fields = { locale: 'de-DE' }, inventory?: InventoryEntry[]) =>
  toItem(product(fields), settings(given), NOW, inventory).item;
const stocked = (sku: string, availableQuantity: number, channel?: string): InventoryEntry => ({
  id: `${sku}-${channel}`,
  sku,
  availableQuantity,
  supplyChannel: channel === undefined ? undefined : { id: channel },
});

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
        },
      },
      { locale: 'de-DE', productUrlTemplate: 'https://shop.example.org/{{productSlug}}?sku={{sku}}' },
      [stocked('SKU-1', 3), stocked('SKU-2', 7)],
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
    const images = [{}, { url: null }, { url: 'https://images.example.org/2.jpg' }];
    const variants = [{ id: 2, sku: 'SKU-2', images, prices: [price(500)] }, { id: 3, sku: 'SKU-3' }, { id: 4 }];
    expect(itemOf({ variants }, {}, [stocked('SKU-3', 0), stocked('SKU-2', 8)]).variants).toMatchObject([
      { id: 'SKU-1', imageFullUrl: null, price: 0, inventoryPolicy: 2 },
      { id: 'SKU-2', imageFullUrl: 'https://images.example.org/2.jpg', price: 5, inventoryQuantity: 8 },
      { id: 'SKU-3', imageFullUrl: null, price: 0, inventoryQuantity: 0, inventoryPolicy: 1 },
      { id: 'product-1-4', inventoryQuantity: 0, inventoryPolicy: 2 },
    ]);
  });

  it('tells no stock when the inventory was not read', () => {
    const [variant] = itemOf().variants;
    expect(variant).not.toHaveProperty('inventoryQuantity');
    expect(variant).not.toHaveProperty('inventoryPolicy');
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
    const inventory = [stocked('SKU-1', 5), stocked('SKU-1', 0, 'berlin')];
    const { variants } = itemOf({}, { catalog: { inventoryChannel: 'berlin' } }, inventory);
    expect(variants[0]).toMatchObject({ inventoryQuantity: 0, inventoryPolicy: 1 });
  });
});
