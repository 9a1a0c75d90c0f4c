import { describe, expect, it } from 'vitest';
import { toOrderedProduct, toOrderLine } from '../../../../shared/mappers/orders/line-item.ts';
import { type Fields, lineItem, money, order } from '../../factories.ts';
import { settings } from '../../support.ts';

const PROFILE = { email: 'lena@example.org' };
const contextOf = (given: Fields = {}) => ({
  settings: settings({ locale: 'de-DE', productUrlTemplate: 'https://shop.example.org/{{productSlug}}', ...given }),
  breadcrumbs: new Map([['product-1', ['Damen', 'Damen > Hosen']]]),
  discountCodes: [],
  historyEnds: Date.parse('2026-05-03T00:00:00Z'),
});
const jeans = lineItem({
  productSlug: { 'en-GB': 'jeans', 'de-DE': 'hose' },
  variant: { id: 1, sku: 'SKU-1', images: [{ url: 'https://images.example.org/front.jpg' }] },
});

describe('an entry of Items', () => {
  it('has what templates read', () => {
    expect(toOrderLine(jeans, contextOf())).toEqual({
      ProductID: 'product-1',
      SKU: 'SKU-1',
      ProductName: 'Hose',
      Quantity: 2,
      ItemPrice: 49.99,
      RowTotal: 99.98,
      ProductURL: 'https://shop.example.org/hose',
      ImageURL: 'https://images.example.org/front.jpg',
      Categories: ['Damen', 'Damen > Hosen'],
      Brand: undefined,
    });
  });

  it('has its brand', () => {
    const variant = { id: 1, attributes: [{ name: 'brand', value: { key: 'n', label: { 'de-DE': 'Nordhang' } } }] };
    expect(toOrderLine(lineItem({ variant }), contextOf()).Brand).toBe('Nordhang');
  });

  it('has the discounted price', () => {
    const price = { value: money(4999), discounted: { value: money(3999) } };
    expect(toOrderLine(lineItem({ price }), contextOf()).ItemPrice).toBe(39.99);
  });

  it('has no categories when the product is gone', () => {
    expect(toOrderLine(lineItem({ productId: 'gone' }), contextOf()).Categories).toEqual([]);
  });
});

describe('Ordered Product', () => {
  const writeOf = (fields: Fields = {}, context = contextOf()) =>
    toOrderedProduct(lineItem({ ...jeans, ...fields }), order(), PROFILE, context);
  const eventOf = (...given: Parameters<typeof writeOf>) => writeOf(...given).event;

  it('is an event of its own, a second after the order', () => {
    expect(eventOf()).toMatchObject({
      metric: 'Ordered Product',
      profile: PROFILE,
      uniqueId: 'line-1',
      time: '2026-05-04T18:21:08.512Z',
      value: 99.98,
      valueCurrency: 'EUR',
    });
  });

  it('has the properties of the line item and those that templates read', () => {
    expect(eventOf({ addedAt: '2026-05-04T18:00:00Z' }).properties).toMatchObject({
      OrderId: '1001',
      ProductID: 'product-1',
      SKU: 'SKU-1',
      ProductName: 'Hose',
      Quantity: 2,
      ItemPrice: 49.99,
      RowTotal: 99.98,
      ProductURL: 'https://shop.example.org/hose',
      ImageURL: 'https://images.example.org/front.jpg',
      Categories: ['Damen', 'Damen > Hosen'],
      addedAt: '2026-05-04T18:00:00Z',
      quantity: 2,
      productId: 'product-1',
    });
  });

  it('has the metric name of the settings', () => {
    expect(eventOf({}, contextOf({ metrics: { orderedProduct: 'Bought' } })).metric).toBe('Bought');
  });

  it('names what was cut to keep the limits', () => {
    expect(writeOf({ notes: 'x'.repeat(200_000) }).trimmed).toEqual(['notes']);
  });
});
