import type { Delivery } from '@commercetools/platform-sdk';
import { describe, expect, it } from 'vitest';
import { GoneError, RetryableError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import { eventsOf, localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const [jeans, stove] = [ids.lineItem(13), ids.lineItem(14)];
const second = () => notification('DeliveryAdded', { delivery: { id: ids.delivery(2) }, resourceVersion: 5 });

/** Gives order 9 other deliveries, made one minute after the other unless told otherwise. */
async function deliver(...deliveries: Partial<Delivery>[]): Promise<void> {
  const order = (await local.shop.get('order', ids.order(9))) ?? expect.unreachable();
  const { shippingInfo } = order;
  if (!shippingInfo) throw new Error('The seed lacks shipping');
  const made = deliveries.map((delivery, index) => ({
    ...{ id: ids.delivery(index + 1), createdAt: `2026-05-15T09:0${index}:00.000Z`, items: [], parcels: [] },
    ...delivery,
  }));
  await local.shop.put('order', { ...order, shippingInfo: { ...shippingInfo, deliveries: made } });
}
const of = (...items: [id: string, quantity: number][]) => ({
  items: items.map(([id, quantity]) => ({ id, quantity })),
});

describe('a delivery of part of an order', () => {
  it('is one Fulfilled Partial Order with what it holds and how it is tracked', async () => {
    expect(await local.plan(notification('DeliveryAdded'))).toEqual([
      {
        kind: 'createEvent',
        trimmed: [],
        event: {
          metric: 'Fulfilled Partial Order',
          profile: { externalId: ids.customer(3) },
          uniqueId: ids.delivery(1),
          time: '2026-05-15T09:00:00.000Z',
          value: 70.16,
          valueCurrency: 'EUR',
          properties: expect.objectContaining({
            OrderId: '2026-1009',
            ItemNames: ['Straight Jeans Indigo', 'Gift wrapping'],
            Items: [expect.objectContaining({ SKU: 'JEANS-IND-29', Quantity: 1, RowTotal: 66.66 })],
            FulfillmentStatus: 'partial',
            HasPartialFulfillments: false,
            TrackingNumbers: ['00340434161094042557'],
          }),
        },
      },
    ]);
  });

  it('is the same without its payload', async () => {
    const whole = await local.plan(notification('DeliveryAdded'));
    expect(await local.plan(notification('DeliveryAdded.payloadNotIncluded'))).toEqual(whole);
  });

  it('is the same before the deliveries that follow, and needs no time of the message', async () => {
    await deliver(of([jeans, 1]));
    const [before] = eventsOf(await local.plan(notification('DeliveryAdded', { createdAt: undefined })));
    await deliver(of([jeans, 1]), of([jeans, 2], [stove, 1]));
    const [after] = eventsOf(await local.plan(notification('DeliveryAdded')));
    const { version: _, ...properties } = after?.properties ?? {};
    expect(before).toMatchObject({ ...after, properties: { ...properties, shippingInfo: expect.anything() } });
  });

  it('says that it is not the first', async () => {
    await deliver(of([jeans, 1]), of([jeans, 1]));
    expect(eventsOf(await local.plan(second()))).toMatchObject([
      { uniqueId: ids.delivery(2), properties: { FulfillmentStatus: 'partial', HasPartialFulfillments: true } },
    ]);
  });

  it('may name its items with its parcels', async () => {
    const parcel = (id: string, quantity: number) => ({
      ...{ id, createdAt: '2026-05-15T09:00:00.000Z', items: [{ id: jeans, quantity }] },
    });
    await deliver({ parcels: [parcel('one', 1), parcel('two', 1)] });
    expect(eventsOf(await local.plan(notification('DeliveryAdded')))).toMatchObject([
      { value: 133.33, properties: { Items: [{ Quantity: 2, RowTotal: 133.33 }] } },
    ]);
  });

  it('is without a line that the order has lost since', async () => {
    await deliver(of(['removed by an edit', 1], [jeans, 1]));
    expect(eventsOf(await local.plan(notification('DeliveryAdded')))).toMatchObject([
      { value: 66.66, properties: { Items: [{ Quantity: 1, RowTotal: 66.66 }] } },
    ]);
  });

  it('of more than was bought is never worth more than the row', async () => {
    await deliver(of([jeans, 7]));
    expect(eventsOf(await local.plan(notification('DeliveryAdded')))).toMatchObject([
      { value: 200, properties: { Items: [{ Quantity: 3, RowTotal: 200 }] } },
    ]);
  });
});

describe('no Fulfilled Partial Order', () => {
  it('of the delivery that completes the order', async () => {
    expect(await local.plan(second())).toEqual([]);
  });

  it('of the only delivery', async () => {
    await deliver(of([jeans, 3], [stove, 1]));
    expect(await local.plan(notification('DeliveryAdded'))).toEqual([]);
  });

  it('of deliveries of one moment that complete the order together', async () => {
    const createdAt = '2026-05-15T09:00:00.000Z';
    await deliver({ createdAt, ...of([jeans, 3]) }, { createdAt, ...of([stove, 1]) });
    expect(await local.plan(notification('DeliveryAdded.payloadNotIncluded'))).toEqual([]);
  });

  it('of a delivery of nobody knows what', async () => {
    await deliver({});
    expect(await local.plan(notification('DeliveryAdded'))).toEqual([]);
  });

  it('of nothing but lines that the order has lost since', async () => {
    await deliver(of(['removed by an edit', 1]));
    expect(await local.plan(notification('DeliveryAdded'))).toEqual([]);
  });

  it('of a delivery that is gone from its order', async () => {
    await deliver();
    expect(await rejectionOf(local.plan(notification('DeliveryAdded')))).toBeInstanceOf(GoneError);
  });
});

describe('tried again is a message', () => {
  it('about a delivery that the order does not show yet', async () => {
    const about = notification('DeliveryAdded', { delivery: { id: 'later' }, resourceVersion: 9 });
    expect(await rejectionOf(local.plan(about))).toBeInstanceOf(RetryableError);
  });

  it('about a delivery of something that the order does not know', async () => {
    await deliver(of(['unknown', 1]));
    const about = notification('DeliveryAdded', { resourceVersion: 99 });
    expect(await rejectionOf(local.plan(about))).toBeInstanceOf(RetryableError);
  });
});
