import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { idOf, placed } from './notifications.ts';
import { byUniqueId } from './state.ts';
import { functionForAll } from './support.ts';

const { klaviyo, push, log } = await functionForAll();

const [first, , , , guest, precise, yen, gift] = seeded('order');
if (!first || !guest || !precise || !yen || !gift) throw new Error('The seed lacks orders');

const lineItem = (number: number) => idOf('11e00000', number);
const JEANS = {
  ProductID: idOf('d0d00000', 1),
  SKU: 'JEANS-IND-27',
  ProductName: 'Straight Jeans Indigo',
  Quantity: 2,
  ProductURL: 'https://shop.example.org/en-GB/straight-jeans-indigo',
  ImageURL: 'https://images.example.org/shop/jeans-indigo-front.jpg',
  Categories: ['Women', 'Women > Pants', 'Women > Pants > Jeans'],
};
const JACKET = {
  ProductID: idOf('d0d00000', 2),
  SKU: 'STORM-MOSS-S',
  ProductName: 'Storm Rain Jacket',
  Quantity: 1,
  ProductURL: 'https://shop.example.org/en-GB/storm-rain-jacket',
  ImageURL: 'https://images.example.org/shop/storm-moss-front.jpg',
  Categories: ['Women', 'Women > Jackets', 'Women > Jackets > Rain Jackets'],
};
const placedOrder = () => klaviyo.eventsOf('Placed Order')[0];

test('an order becomes Placed Order with its total, its items and its own properties', async () => {
  expect(await push(fixture('OrderCreated'))).toBe(204);
  expect(klaviyo.eventsOf('Placed Order')).toHaveLength(1);
  expect(placedOrder()).toMatchObject({
    unique_id: first.id,
    time: '2026-05-04T18:21:07.000Z',
    value: 413.8,
    value_currency: 'EUR',
    properties: {
      OrderId: '2026-1001',
      ItemNames: ['Straight Jeans Indigo', 'Storm Rain Jacket'],
      Categories: [...JEANS.Categories, 'Women > Jackets', 'Women > Jackets > Rain Jackets'],
      Brands: ['Nordhang'],
      Items: [
        { ...JEANS, ItemPrice: 79.95, RowTotal: 159.9 },
        { ...JACKET, ItemPrice: 249, RowTotal: 249 },
      ],
      orderNumber: '2026-1001',
      orderState: 'Open',
      country: 'DE',
      totalPrice: { centAmount: 41380 },
    },
  });
});

test('and one Ordered Product a line item, a second later', async () => {
  await push(fixture('OrderCreated'));
  const events = byUniqueId(klaviyo.eventsOf('Ordered Product'));

  expect([...events.keys()].sort()).toEqual([lineItem(1), lineItem(2)]);
  expect(events.get(lineItem(1))).toMatchObject({
    time: '2026-05-04T18:21:08.000Z',
    value: 159.9,
    value_currency: 'EUR',
    properties: { OrderId: '2026-1001', ...JEANS, quantity: 2, productKey: 'straight-jeans' },
  });
  expect(events.get(lineItem(2))).toMatchObject({ value: 249, properties: { OrderId: '2026-1001', ...JACKET } });
});

test('the profile of a customer gets the identifiers, and nothing that the customer record tells', async () => {
  await push(fixture('OrderCreated'));

  expect(klaviyo.state.profiles).toHaveLength(1);
  expect(klaviyo.profileByEmail('lena.brandt@example.org')).toMatchObject({
    external_id: idOf('c0500000', 1),
    first_name: null,
    phone_number: null,
    location: { address1: null, city: null, country: null },
  });
});

test('a guest is told by the name of the billing address, and the order by its id when it has no number', async () => {
  expect(await push(placed(guest))).toBe(204);
  expect(klaviyo.profileByEmail('noor.gast@example.org')).toMatchObject({
    external_id: null,
    first_name: 'Noor',
    last_name: 'Gast',
    phone_number: null,
    location: { address1: '2, Probeweg', city: 'Köln', zip: '50667', country: 'DE' },
  });
  expect(placedOrder()).toMatchObject({ value: 124.85, properties: { OrderId: guest.id } });
});

test('an order of nobody is ignored and logged', async () => {
  expect(await push(placed({ ...guest, customerEmail: undefined }))).toBe(204);
  expect(klaviyo.requests).toEqual([]);
  expect(log).toMatchObject([{ outcome: 'ignored', severity: 'WARNING', resource: { id: guest.id } }]);
});

test('the payload is fetched when it was not included', async () => {
  expect(await push(fixture('OrderCreated.payloadNotIncluded'))).toBe(204);
  expect(placedOrder()).toMatchObject({ unique_id: first.id, value: 413.8 });
});

describe('money', () => {
  test('in yen has no minor unit', async () => {
    expect(await push(placed(yen))).toBe(204);
    const Items = [
      { ItemPrice: 15800, RowTotal: 15800 },
      { ItemPrice: 38000, RowTotal: 38000 },
    ];
    expect(placedOrder()).toMatchObject({ value: 54600, value_currency: 'JPY', properties: { Items } });
  });

  test('of high precision is right to the last digit', async () => {
    expect(await push(placed(precise))).toBe(204);
    expect(placedOrder()?.properties).toMatchObject({ Items: [{ Quantity: 3, ItemPrice: 2.4575, RowTotal: 7.37 }] });
    const total = {
      type: 'highPrecision',
      currencyCode: 'EUR',
      centAmount: 123,
      preciseAmount: 1234567,
      fractionDigits: 6,
    };
    await push({ ...placed(first), order: { ...first, id: 'precise', totalPrice: total } });
    expect(byUniqueId(klaviyo.eventsOf('Placed Order')).get('precise')).toMatchObject({ value: 1.234567 });
  });
});

test('custom fields that are false, 0 or empty are sent, as are the names of custom line items', async () => {
  expect(await push(fixture('OrderCustomerSet'))).toBe(204);
  expect(placedOrder()).toMatchObject({
    unique_id: gift.id,
    time: '2026-05-13T10:30:00.000Z',
    properties: {
      ...{ giftMessage: 'Alles Gute!', giftWrap: true, signatureRequired: false, floor: 0, note: '' },
      campaigns: ['spring', 'newsletter'],
      ItemNames: ['Straight Jeans Indigo', 'Gift wrapping'],
    },
  });
});
