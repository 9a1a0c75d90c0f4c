import type { Delivery, Order, TrackingData } from '@commercetools/platform-sdk';
import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError, RetryableError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import { fixture } from '../../../fixtures/index.ts';
import { eventsOf, localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const URLS = { orders: { trackingUrls: { dhl: 'https://track.example.org/{{trackingId}}?order={{orderNumber}}' } } };

/** Changes the first delivery of order 9, which is that of the fixtures. */
async function changeDelivery(edit: (delivery: Delivery) => Partial<Delivery>): Promise<Order> {
  const order = (await local.shop.get('order', ids.order(9))) ?? expect.unreachable();
  const { shippingInfo } = order;
  const [first, ...others] = shippingInfo?.deliveries ?? [];
  if (!shippingInfo || !first) throw new Error('The seed lacks a delivery');
  const deliveries = [{ ...first, ...edit(first) }, ...others];
  return local.shop.put('order', { ...order, shippingInfo: { ...shippingInfo, deliveries } });
}
const changeTracking = (trackingData?: TrackingData) =>
  changeDelivery(({ parcels }) => ({ parcels: parcels.map((parcel) => ({ ...parcel, trackingData })) }));

describe('a parcel with a tracking id', () => {
  it('is one Confirmed Shipment with what its delivery holds, if the parcel does not say', async () => {
    expect(await local.plan(notification('ParcelAddedToDelivery'), URLS)).toEqual([
      {
        kind: 'createEvent',
        trimmed: [],
        event: {
          metric: 'Confirmed Shipment',
          profile: { externalId: ids.customer(3) },
          uniqueId: ids.parcel(1),
          time: '2026-05-15T09:30:00.000Z',
          value: 70.16,
          valueCurrency: 'EUR',
          properties: expect.objectContaining({
            OrderId: '2026-1009',
            ItemNames: ['Straight Jeans Indigo', 'Gift wrapping'],
            Categories: ['Women', 'Women > Pants', 'Women > Pants > Jeans'],
            Brands: ['Nordhang'],
            Items: [expect.objectContaining({ SKU: 'JEANS-IND-29', Quantity: 1, ItemPrice: 99.95, RowTotal: 66.66 })],
            ShipmentStatus: 'confirmed',
            TrackingCompany: 'DHL',
            TrackingNumber: '00340434161094042557',
            TrackingNumbers: ['00340434161094042557'],
            TrackingURL: 'https://track.example.org/00340434161094042557?order=2026-1009',
            Fulfillment: {
              carrier: 'DHL',
              trackingCode: '00340434161094042557',
              trackingURL: 'https://track.example.org/00340434161094042557?order=2026-1009',
            },
          }),
        },
      },
    ]);
  });

  it('that comes to have it later is one, too: of an order to two addresses, half a line in yen', async () => {
    const events = eventsOf(await local.plan(notification('ParcelTrackingDataUpdated'), URLS));
    expect(events).toMatchObject([
      {
        ...{ metric: 'Confirmed Shipment', uniqueId: ids.parcel(4), time: '2026-05-19T13:05:00.000Z' },
        ...{ value: 15799, valueCurrency: 'JPY' },
        properties: { Items: [{ Quantity: 1, RowTotal: 15799 }], TrackingCompany: 'Yamato' },
      },
    ]);
    expect(events[0]?.properties.TrackingURL).toBeUndefined();
  });

  it.each(['ParcelAddedToDelivery', 'ParcelTrackingDataUpdated'])(
    '%s is the same without its payload',
    async (name) => {
      const whole = await local.plan(notification(name));
      expect(await local.plan(notification(`${name}.payloadNotIncluded`))).toEqual(whole);
    },
  );

  it('has the tracking data of now, whatever the message says', async () => {
    await changeTracking({ trackingId: 'NEW', carrier: 'UPS' });
    const [event] = eventsOf(await local.plan(notification('ParcelAddedToDelivery'), URLS));
    expect(event?.properties).toMatchObject({ TrackingNumber: 'NEW', TrackingCompany: 'UPS' });
    expect(event?.properties).not.toHaveProperty('TrackingURL');
  });

  it('is worth nothing more when another parcel stands for the delivery already', async () => {
    await changeDelivery(({ parcels: [parcel] }) => {
      if (!parcel) throw new Error('The seed lacks a parcel');
      return { parcels: [{ ...parcel, id: 'earlier', createdAt: '2026-05-15T09:10:00.000Z' }, parcel] };
    });
    const events = eventsOf(await local.plan(notification('ParcelAddedToDelivery.payloadNotIncluded')));
    expect(events).toMatchObject([
      { uniqueId: 'earlier', value: 70.16 },
      { uniqueId: ids.parcel(1), value: 0, properties: { Items: [{ Quantity: 1 }] } },
    ]);
  });
});

describe('no Confirmed Shipment', () => {
  const { parcel } = fixture('ParcelAddedToDelivery');
  const parcelWith = (trackingData: object | undefined) => ({ parcel: Object.assign({}, parcel, { trackingData }) });

  it.each([
    ['of a parcel that cannot be tracked', 'ParcelAddedToDelivery.Untracked', {}],
    ['of a parcel with an empty tracking id', 'ParcelAddedToDelivery', parcelWith({ trackingId: ' ', carrier: 'DHL' })],
    ['of a return', 'ParcelAddedToDelivery', parcelWith({ trackingId: '1', isReturn: true })],
    [
      'of a parcel that comes to be a return',
      'ParcelTrackingDataUpdated',
      { trackingData: { trackingId: '1', isReturn: true } },
    ],
    ['of a parcel that loses its tracking data', 'ParcelTrackingDataUpdated', { trackingData: undefined }],
  ])('%s, and nothing is read', async (_, name, fields) => {
    expect(await local.plan(notification(name, fields))).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('of an order without any, when the payload was too large', async () => {
    const about = { resource: { typeId: 'order', id: ids.order(3) } };
    expect(await local.plan(notification('ParcelAddedToDelivery.payloadNotIncluded', about))).toEqual([]);
  });

  it('of a parcel that is gone from its order', async () => {
    await changeDelivery(() => ({ parcels: [] }));
    expect(await rejectionOf(local.plan(notification('ParcelAddedToDelivery')))).toBeInstanceOf(GoneError);
  });

  it('of an order that is gone', async () => {
    await local.shop.remove('order', ids.order(9));
    expect(await rejectionOf(local.plan(notification('ParcelAddedToDelivery')))).toBeInstanceOf(GoneError);
  });
});

describe('tried again is a message', () => {
  it('about a parcel that the order does not show yet', async () => {
    const { version } = await changeDelivery(() => ({ parcels: [] }));
    const about = notification('ParcelAddedToDelivery', { resourceVersion: version });
    expect(await rejectionOf(local.plan(about))).toBeInstanceOf(RetryableError);
  });

  it('about a parcel of something that the order does not know', async () => {
    await changeDelivery(() => ({ items: [{ id: 'unknown', quantity: 1 }] }));
    const error = await rejectionOf(local.plan(notification('ParcelAddedToDelivery', { resourceVersion: 99 })));
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toContain('unknown');
  });
});

it('a message about a parcel is refused without its time', async () => {
  const about = notification('ParcelAddedToDelivery', { createdAt: undefined });
  expect(await rejectionOf(local.plan(about))).toBeInstanceOf(InvalidMessageError);
});
