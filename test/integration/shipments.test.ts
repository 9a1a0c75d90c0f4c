import type { Order } from '@commercetools/platform-sdk';
import { beforeEach, describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import { fixture } from '../fixtures/index.ts';
import { stateChanged } from './notifications.ts';
import { byUniqueId } from './state.ts';
import { functionForAll } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll({
  KLAVIYO_SYNC_SETTINGS: JSON.stringify({
    orders: { shippedStates: ['Shipped'], trackingUrls: { DHL: 'https://dhl.example.org/{{trackingId}}' } },
  }),
});

const [order] = seeded('order').filter(({ id }) => id === ids.order(9));
if (!order?.shippingInfo) throw new Error('The seed lacks an order that is delivered');
const { shippingInfo } = order;
const bare: Order = { ...order, version: 1, returnInfo: [], shippingInfo: { ...shippingInfo, deliveries: [] } };

const NAMES = [
  ...['DeliveryAdded', 'ParcelAddedToDelivery', 'OrderShipmentStateChanged.Shipped', 'ReturnInfoAdded'],
  ...['OrderShipmentStateChanged.Delivered', 'OrderReturnShipmentStateChanged.Returned'],
];

test('an order that is shipped in parts and comes back is told step by step, each step of its part', async () => {
  for (const name of NAMES) expect(await push(fixture(name))).toBe(204);

  const told = klaviyo.state.events.map(({ metric, unique_id, value }) => `${metric} ${unique_id}: ${value}`);
  expect(told).toEqual([
    `Fulfilled Partial Order ${ids.delivery(1)}: 70.16`,
    `Confirmed Shipment ${ids.parcel(1)}: 70.16`,
    `Fulfilled Order ${order.id}: 273.3`,
    `Requested Return ${ids.returnItem(1)}: 133.33`,
    `Delivered Shipment ${order.id}:Delivered: 273.3`,
    `Received Return ${ids.returnItem(1)}:Returned: 133.33`,
  ]);
  expect(klaviyo.eventsOf('Confirmed Shipment')[0]?.properties).toMatchObject({
    TrackingURL: 'https://dhl.example.org/00340434161094042557',
  });
});

test('an order that was shipped is not fulfilled again when it is complete, nor the other way round', async () => {
  const messages = [fixture('OrderShipmentStateChanged.Shipped'), stateChanged(order.id, 'Complete')];
  for (const inOrder of [messages, messages.toReversed()]) {
    klaviyo.reset();
    for (const message of inOrder) expect(await push(message)).toBe(204);
    expect(klaviyo.eventsOf('Fulfilled Order')).toHaveLength(1);
  }
});

test('a parcel that a second message makes trackable is told once, by that message', async () => {
  expect(await push(fixture('ParcelAddedToDelivery.Untracked'))).toBe(204);
  expect(klaviyo.requests).toEqual([]);
  for (const name of ['ParcelTrackingDataUpdated', 'ParcelAddedToDelivery.Untracked', 'ParcelTrackingDataUpdated'])
    expect(await push(fixture(name))).toBe(204);

  expect(klaviyo.state.events).toMatchObject([
    {
      ...{ metric: 'Confirmed Shipment', unique_id: ids.parcel(4), time: '2026-05-19T13:05:00.000Z' },
      ...{ value: 15799, value_currency: 'JPY' },
      properties: { OrderId: '2026-1010', TrackingCompany: 'Yamato', TrackingNumber: '4907-2211-0093' },
    },
  ]);
  expect(klaviyo.state.events[0]?.properties).not.toHaveProperty('TrackingURL');
});

test('the parcel of a guest’s order is the guest’s', async () => {
  await shop.put('order', { ...order, customerId: undefined, customerEmail: 'noor.gast@example.org' });
  expect(await push(fixture('ParcelAddedToDelivery'))).toBe(204);
  const guest = klaviyo.profileByEmail('noor.gast@example.org');
  expect(klaviyo.state.events).toMatchObject([{ metric: 'Confirmed Shipment', profile_id: guest?.id }]);
});

test('a return of more than was bought is told of what was bought, with a warning', async () => {
  const [info] = order.returnInfo ?? [];
  if (!info) throw new Error('The seed lacks a return');
  const items = info.items.map((item) => ({ ...item, quantity: 5 }));
  await shop.put('order', { ...order, returnInfo: [{ ...info, items }] });

  expect(await push(fixture('ReturnInfoAdded'))).toBe(204);
  expect(byUniqueId(klaviyo.state.events).get(ids.returnItem(1))).toMatchObject({
    value: 200,
    properties: { Items: [{ Quantity: 3, RowTotal: 200 }] },
  });
  expect(log).toMatchObject([{ severity: 'WARNING', warnings: [expect.stringContaining('has 3 pieces left, not 5')] }]);
});

describe('what the order does not show', () => {
  beforeEach(async () => {
    await shop.remove('order', order.id);
    await shop.put('order', bare);
  });

  test.each(NAMES.filter((name) => !name.startsWith('OrderShipmentState')))(
    '%s is tried again until it is there',
    async (name) => {
      expect(await push(fixture(name))).toBe(500);
      expect(klaviyo.requests).toEqual([]);
      expect(log).toMatchObject([{ severity: 'WARNING', error: { class: 'RetryableError' } }]);

      await shop.put('order', order);
      expect(await push(fixture(name))).toBe(204);
      expect(klaviyo.state.events).toHaveLength(1);
    },
  );

  test.each(NAMES.filter((name) => !name.startsWith('OrderShipmentState') && name !== 'ReturnInfoAdded'))(
    '%s is acknowledged once it is gone for good',
    async (name) => {
      await shop.put('order', { ...bare, version: 10 });
      expect(await push(fixture(name))).toBe(204);
      expect(klaviyo.requests).toEqual([]);
      expect(log).toMatchObject([{ outcome: 'gone' }]);
    },
  );

  test('a delivery of a line that the order cannot have lost is never told', async () => {
    const lineItems = order.lineItems.slice(1);
    await shop.put('order', { ...order, version: 1, lineItems });
    for (const name of ['DeliveryAdded', 'ParcelAddedToDelivery', 'ReturnInfoAdded'])
      expect(await push(fixture(name))).toBe(500);
    expect(klaviyo.requests).toEqual([]);
    expect(log.map(({ error }) => Object(error).class)).toEqual(Array(3).fill('RetryableError'));
  });

  test('a parcel of a line that an edit has removed is told without the line, with a warning', async () => {
    const lineItems = order.lineItems.slice(1);
    await shop.put('order', { ...order, version: 99, lineItems });
    expect(await push(fixture('ParcelAddedToDelivery'))).toBe(204);
    expect(klaviyo.eventsOf('Confirmed Shipment')).toHaveLength(1);
    expect(log).toMatchObject([{ warnings: [expect.stringContaining('gone from its order')] }]);
  });
});
