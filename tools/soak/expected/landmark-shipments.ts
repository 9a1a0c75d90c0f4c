import type { KlaviyoEvent } from '../../../test/doubles/klaviyo/state.ts';
import type { Kind } from '../kinds.ts';
import { LANDMARKS } from '../shop/landmark-ids.ts';

/** What has to become of an event: of which handler, and what it is to be and to have. */
interface Expected {
  kind: Kind;
  metric: string;
  uniqueId: string;
  event: Partial<KlaviyoEvent>;
  properties: object;
}

const TRACKING = {
  ...{ TrackingCompany: 'DHL', TrackingNumber: 'LANDMARK-T', TrackingNumbers: ['LANDMARK-T'] },
  Fulfillment: { carrier: 'DHL', trackingCode: 'LANDMARK-T' },
};

/** What has to become of the landmark order's shipment and return, written down by hand. */
export const LANDMARK_SHIPMENTS: readonly Expected[] = [
  {
    ...{ kind: 'delivery', metric: 'Fulfilled Partial Order', uniqueId: LANDMARKS.delivery },
    event: { time: '2026-07-04T10:00:00.000Z', value: 49.95 },
    properties: { OrderId: 'LANDMARK', FulfillmentStatus: 'partial', HasPartialFulfillments: false },
  },
  {
    ...{ kind: 'shipment', metric: 'Confirmed Shipment', uniqueId: LANDMARKS.parcel },
    event: { time: '2026-07-04T10:30:00.000Z', value: 49.95 },
    properties: { OrderId: 'LANDMARK', ShipmentStatus: 'confirmed', ItemNames: ['Straight Jeans'], ...TRACKING },
  },
  {
    ...{ kind: 'shipment-state', metric: 'Delivered Shipment', uniqueId: `${LANDMARKS.order}:Delivered` },
    event: { time: '2026-07-05T11:00:00.000Z', value: 99.9 },
    properties: { OrderId: 'LANDMARK', ShipmentStatus: 'delivered', HasPartialFulfillments: false, ...TRACKING },
  },
  {
    ...{ kind: 'return', metric: 'Requested Return', uniqueId: LANDMARKS.returnItem },
    event: { time: '2026-07-06T12:00:00.000Z', value: 49.95 },
    properties: { OrderId: 'LANDMARK', ItemNames: ['Straight Jeans'], Brands: ['Grat'] },
  },
  {
    ...{ kind: 'return-state', metric: 'Received Return', uniqueId: `${LANDMARKS.returnItem}:Returned` },
    event: { time: '2026-07-07T13:00:00.000Z', value: 49.95 },
    properties: { OrderId: 'LANDMARK', ItemNames: ['Straight Jeans'], Brands: ['Grat'] },
  },
];
