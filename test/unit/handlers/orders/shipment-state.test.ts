import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import { eventsOf, localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const DELIVERED = 'OrderShipmentStateChanged.Delivered';
const SHIPPED = 'OrderShipmentStateChanged.Shipped';
const given = (orders: object) => ({ orders });

async function stateNow(shipmentState: 'Shipped' | 'Delivered' | 'Delayed'): Promise<void> {
  const order = (await local.shop.get('order', ids.order(9))) ?? expect.unreachable();
  await local.shop.put('order', { ...order, shipmentState });
}

describe('an order whose shipment state changed', () => {
  it('is one Delivered Shipment of the whole order when it is delivered', async () => {
    expect(await local.plan(notification(DELIVERED))).toEqual([
      {
        kind: 'createEvent',
        trimmed: [],
        event: {
          metric: 'Delivered Shipment',
          profile: { externalId: ids.customer(3) },
          uniqueId: `${ids.order(9)}:Delivered`,
          time: '2026-05-20T14:20:00.000Z',
          value: 273.3,
          valueCurrency: 'EUR',
          properties: expect.objectContaining({
            OrderId: '2026-1009',
            ItemNames: ['Straight Jeans Indigo', 'Ember Camp Stove', 'Gift wrapping'],
            ShipmentStatus: 'delivered',
            FulfillmentStatus: 'fulfilled',
            HasPartialFulfillments: true,
            // Not that of the parcel that came back.
            TrackingNumbers: ['00340434161094042557'],
          }),
        },
      },
    ]);
  });

  it('is the same without its payload', async () => {
    const whole = await local.plan(notification(DELIVERED));
    expect(await local.plan(notification(`${DELIVERED}.payloadNotIncluded`))).toEqual(whole);
  });

  it('without a payload is what the order is like now', async () => {
    await stateNow('Delayed');
    expect(await local.plan(notification(`${DELIVERED}.payloadNotIncluded`))).toEqual([]);
  });

  it('is what the message says, even if the order has moved on', async () => {
    await stateNow('Delayed');
    expect(eventsOf(await local.plan(notification(DELIVERED)))).toMatchObject([{ metric: 'Delivered Shipment' }]);
  });

  it('asks for nothing when it is shipped, and reads nothing', async () => {
    expect(await local.plan(notification(SHIPPED))).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('is the Fulfilled Order of a complete one where the settings say so', async () => {
    const events = eventsOf(await local.plan(notification(SHIPPED), given({ shippedStates: ['Shipped'] })));
    expect(events).toMatchObject([
      {
        ...{ metric: 'Fulfilled Order', uniqueId: ids.order(9), time: '2026-05-18T09:45:00.000Z', value: 273.3 },
        properties: { FulfillmentStatus: 'fulfilled', HasPartialFulfillments: true },
      },
    ]);
  });

  it('was shipped before it was delivered, if the message cannot say', async () => {
    const { notificationType, projectKey, resource, createdAt } = Object(notification(SHIPPED));
    const payloadNotIncluded = { reason: 'large', payloadType: 'OrderShipmentStateChanged' };
    const about = notification(`${DELIVERED}.payloadNotIncluded`, {
      ...{ notificationType, projectKey, resource, createdAt, payloadNotIncluded },
    });
    const events = eventsOf(await local.plan(about, given({ shippedStates: ['Shipped'] })));
    expect(events.map(({ metric }) => metric)).toEqual(['Fulfilled Order', 'Delivered Shipment']);
  });

  it('may be both, and neither', async () => {
    const both = given({ shippedStates: ['Delivered'] });
    expect(eventsOf(await local.plan(notification(DELIVERED), both))).toHaveLength(2);
    const neither = given({ deliveredStates: [] });
    expect(await local.plan(notification(DELIVERED), neither)).toEqual([]);
  });

  it('is gone when commercetools has the order no more', async () => {
    await local.shop.remove('order', ids.order(9));
    expect(await rejectionOf(local.plan(notification(DELIVERED)))).toBeInstanceOf(GoneError);
  });

  it.each(['shipmentState', 'createdAt'])('is refused when the message lacks its %s', async (field) => {
    const error = await rejectionOf(local.plan(notification(DELIVERED, { [field]: undefined })));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toContain(field);
  });
});
