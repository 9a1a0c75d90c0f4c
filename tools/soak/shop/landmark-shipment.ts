import type { Delivery, Order, Parcel, ReturnItem } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import { LANDMARKS } from './landmark-ids.ts';
import { message } from './notifications.ts';
import { orderOf } from './order-facts.ts';
import { trackingIn, withDeliveries } from './order-parts.ts';
import type { Fact, ShopState } from './state.ts';

const lines = [{ id: LANDMARKS.line, quantity: 1 }];
const TRACKING = { trackingId: 'LANDMARK-T', carrier: 'DHL' };
const PARCEL: Parcel = { id: LANDMARKS.parcel, createdAt: '2026-07-04T10:30:00.000Z', items: [] };
const DELIVERY: Delivery = { id: LANDMARKS.delivery, createdAt: '2026-07-04T10:00:00.000Z', items: lines, parcels: [] };
const ITEM: ReturnItem = {
  ...{ type: 'LineItemReturnItem', id: LANDMARKS.returnItem, lineItemId: LANDMARKS.line, quantity: 1 },
  ...{ shipmentState: 'Advised', paymentState: 'Initial' },
  ...{ createdAt: '2026-07-06T12:00:00.000Z', lastModifiedAt: '2026-07-06T12:00:00.000Z' },
};

/** One of two pieces of the landmark order is delivered, arrives, and comes back. */
export function landmarkShipment(state: ShopState): Change[] {
  let order = orderOf(state, LANDMARKS.order);
  const becomes = (change: Partial<Order>) => {
    order = { ...order, ...change, version: order.version + 1 };
    state.putOrder(order);
    return order;
  };
  const fact = (own: Pick<Fact, 'kind' | 'metric' | 'uniqueId' | 'time' | 'properties'> & Partial<Fact>) =>
    state.facts.push({ orderId: LANDMARKS.order, cents: 4995, lines, ...own });
  const tracking = trackingIn([{ trackingData: TRACKING }]);
  const tracked = { ...PARCEL, trackingData: TRACKING };

  const delivered = message('DeliveryAdded', 'order', becomes(withDeliveries(order, [DELIVERY])), {
    delivery: DELIVERY,
  });
  fact({
    ...{ kind: 'delivery', metric: 'Fulfilled Partial Order', uniqueId: DELIVERY.id, time: DELIVERY.createdAt },
    properties: ({ shippingInfo }) => ({
      ...{ FulfillmentStatus: 'partial', HasPartialFulfillments: false },
      ...trackingIn(shippingInfo?.deliveries?.[0]?.parcels ?? []),
    }),
  });
  const shipped = becomes(withDeliveries(order, [{ ...DELIVERY, parcels: [tracked] }]));
  const parcel = { delivery: DELIVERY, parcel: tracked };
  const confirmed = message('ParcelAddedToDelivery', 'order', shipped, parcel, '2026-07-04T10:30:00.000Z');
  fact({
    ...{ kind: 'shipment', metric: 'Confirmed Shipment', uniqueId: PARCEL.id, time: confirmed.createdAt },
    properties: () => ({ ShipmentStatus: 'confirmed', ...tracking }),
  });
  const shipmentState = 'Delivered' as const;
  const arrived = message(
    ...(['OrderShipmentStateChanged', 'order', becomes({ shipmentState }), { shipmentState }] as const),
    '2026-07-05T11:00:00.000Z',
  );
  fact({
    ...{ kind: 'shipment-state', metric: 'Delivered Shipment', uniqueId: `${LANDMARKS.order}:Delivered` },
    ...{ time: arrived.createdAt, cents: 9990, lines: undefined },
    properties: () => ({
      ...{ ShipmentStatus: 'delivered', FulfillmentStatus: 'fulfilled', HasPartialFulfillments: false },
      ...tracking,
    }),
  });
  const returnInfo = { items: [ITEM] };
  const requested = message('ReturnInfoAdded', 'order', becomes({ returnInfo: [returnInfo] }), { returnInfo });
  fact({
    ...{ kind: 'return', metric: 'Requested Return', uniqueId: ITEM.id, time: ITEM.createdAt },
    properties: () => ({}),
  });
  const back = becomes({ returnInfo: [{ items: [{ ...ITEM, shipmentState: 'Returned' }] }] });
  const payload = { returnItemId: ITEM.id, returnShipmentState: 'Returned' };
  const received = message('OrderReturnShipmentStateChanged', 'order', back, payload, '2026-07-07T13:00:00.000Z');
  fact({
    ...{ kind: 'return-state', metric: 'Received Return', uniqueId: `${ITEM.id}:Returned` },
    ...{ time: received.createdAt, properties: () => ({}) },
  });
  return [
    { kind: 'delivery', payload: delivered },
    { kind: 'shipment', payload: confirmed },
    { kind: 'shipment-state', payload: arrived },
    { kind: 'return', payload: requested },
    { kind: 'return-state', payload: received },
  ];
}
