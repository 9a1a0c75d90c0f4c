import { describe, expect, it } from 'vitest';
import { STANDARD_PROPERTIES } from '../../../../shared/config/names.ts';
import { toOrderEvent } from '../../../../shared/mappers/orders/order.ts';
import { toDeliveredShipment } from '../../../../shared/mappers/orders/shipment.ts';
import { type Fields, lineItem, money, order } from '../../factories.ts';
import { settings } from '../../support.ts';

const PROFILE = { externalId: 'customer-1' };
const FACTS = { metric: 'Placed Order', time: '2026-05-04T18:21:07.512Z' };
const contextOf = (orders: Fields = {}) => ({
  settings: settings({ locale: 'en-GB', orders }),
  breadcrumbs: new Map([
    ['product-1', ['Women', 'Women > Pants']],
    ['product-2', ['Women', 'Women > Jackets']],
  ]),
  discountCodes: [],
  historyEnds: Date.parse('2026-05-03T00:00:00Z'),
});
const eventOf = (fields: Fields = {}, orders: Fields = {}) =>
  toOrderEvent(order(fields), PROFILE, FACTS, contextOf(orders)).event;
const STANDARD = [
  ...['OrderId', 'ItemNames', 'ItemCount', 'Categories', 'Brands', 'Items', 'Currency', 'Country', 'CustomerType'],
  ...['DiscountCodes', 'DiscountValue', 'ShippingValue'],
];
const branded = (...values: unknown[]) => ({
  lineItems: values.map((value) => lineItem({ variant: { id: 1, attributes: [{ name: 'brand', value }] } })),
});

describe('an event of an order', () => {
  it('has no property of ours whose name a setting may take', () => {
    const parcel = { id: 'parcel-1', createdAt: FACTS.time, trackingData: { trackingId: '1', carrier: 'DHL' } };
    const delivery = { id: 'delivery-1', createdAt: FACTS.time, items: [], parcels: [parcel] };
    const shipped = order({ lineItems: [lineItem()], shippingInfo: { deliveries: [delivery] } });
    const { properties } = toDeliveredShipment(shipped, FACTS.time, PROFILE, contextOf()).event;
    const [item] = Object(properties).Items;
    const own = new Set(Object.keys(shipped));
    const ours = [...Object.keys(properties).filter((name) => !own.has(name)), ...Object.keys(item)];
    expect(STANDARD_PROPERTIES).toEqual(expect.arrayContaining(ours));
  });

  it('is named by the order and worth its total', () => {
    expect(eventOf()).toMatchObject({
      ...FACTS,
      profile: PROFILE,
      uniqueId: 'order-1',
      value: 104.88,
      valueCurrency: 'EUR',
    });
  });

  it('is worth a whole number of yen', () => {
    expect(eventOf({ totalPrice: money(54600, 'JPY', 0) })).toMatchObject({ value: 54600, valueCurrency: 'JPY' });
  });

  it.each([
    [{ orderNumber: '1001' }, '1001'],
    [{ orderNumber: undefined }, 'order-1'],
    [{ orderNumber: '' }, 'order-1'],
  ])('of an order with %j has the OrderId %s', (fields, expected) => {
    expect(eventOf(fields).properties.OrderId).toBe(expected);
  });

  it('names each item and each category once', () => {
    const jacket = { id: 'line-2', productId: 'product-2', name: { 'en-GB': 'Jacket' } };
    const lineItems = [lineItem(), lineItem({ id: 'line-3' }), lineItem(jacket)];
    expect(eventOf({ lineItems }).properties).toMatchObject({
      ItemNames: ['Jeans', 'Jacket'],
      Categories: ['Women', 'Women > Pants', 'Women > Jackets'],
      Items: [{ ProductID: 'product-1' }, { ProductID: 'product-1' }, { ProductID: 'product-2' }],
    });
  });

  describe('has the brand', () => {
    it.each([
      ['text', 'Nordhang'],
      ['enum', { key: 'nordhang', label: 'Nordhang' }],
      ['lenum', { key: 'nordhang', label: { 'de-DE': 'Nordhang (DE)', 'en-GB': 'Nordhang' } }],
      ['ltext', { 'de-DE': 'Nordhang (DE)', 'en-GB': 'Nordhang' }],
    ])('of an attribute of type %s', (_, value) => {
      expect(eventOf(branded(value)).properties.Brands).toEqual(['Nordhang']);
    });

    it('of every item, once', () => {
      expect(eventOf(branded('A', 'B', 'A')).properties.Brands).toEqual(['A', 'B']);
    });

    it('or the brands, of an attribute that is a set', () => {
      expect(eventOf(branded(['A', 'B'], 'C')).properties.Brands).toEqual(['A', 'B', 'C']);
    });

    it.each([undefined, null, 7, true])('not when it is %j', (value) => {
      expect(eventOf(branded(value)).properties.Brands).toEqual([]);
    });

    it('of the attribute that the settings name', () => {
      const attributes = [
        { name: 'brand', value: 'A' },
        { name: 'maker', value: 'B' },
      ];
      const lineItems = [lineItem({ variant: { id: 1, attributes } })];
      expect(eventOf({ lineItems }, { brandAttribute: 'maker' }).properties.Brands).toEqual(['B']);
    });
  });

  describe('has the properties of the order', () => {
    it('all of them, with custom fields beside them', () => {
      const custom = { fields: { giftWrap: true, floor: 0, note: '', signatureRequired: false } };
      const { properties } = eventOf({ country: 'DE', shipping: [], custom });
      expect(properties).toMatchObject({ country: 'DE', shipping: [], orderState: 'Open', ...custom.fields });
      expect(properties).not.toHaveProperty('custom');
    });

    it('that are included, and renamed', () => {
      const properties = { include: ['country', 'origin'], map: { country: 'Kingdom' } };
      const event = eventOf({ country: 'DE', origin: 'Customer', locale: 'de' }, { properties });
      expect(Object.keys(event.properties).sort()).toEqual(
        [...STANDARD, 'Kingdom', 'Locale', 'Origin', 'origin'].sort(),
      );
    });

    it('but those that are excluded', () => {
      const event = eventOf({ country: 'DE' }, { properties: { exclude: ['lineItems'] } });
      expect(event.properties).not.toHaveProperty('lineItems');
      expect(event.properties).toHaveProperty('country');
    });

    it('and its custom fields, chosen by a setting of their own', () => {
      const custom = { fields: { floor: 0, note: 'x' } };
      const { properties } = eventOf({ custom }, { customFields: { include: ['floor'], map: { floor: 'Floor' } } });
      expect(properties).toMatchObject({ Floor: 0 });
      expect(properties).not.toHaveProperty('note');
    });

    it('but never in place of what templates read', () => {
      const custom = { fields: { Items: 'mine', OrderId: 'mine' } };
      const { properties } = eventOf({ custom });
      expect(properties).toMatchObject({ OrderId: '1001', Items: [{ SKU: 'SKU-1' }] });
    });

    it('cut to keep Klaviyo’s limits, which is told', () => {
      const large = order({ notes: 'x'.repeat(200_000) });
      const { event, trimmed } = toOrderEvent(large, PROFILE, FACTS, contextOf());
      expect([trimmed, String(event.properties.notes).length]).toEqual([['notes'], 100_000]);
    });
  });
});
