import { ids } from '../../test/fixtures/ids.ts';
import { events } from './describe.ts';
import { changed, type Happening, type Scenario } from './scenario.ts';

const { order, lineItem, delivery, parcel, returnItem } = ids;

/** The rest of order 10 is delivered, in a parcel that a carrier without a name takes. */
const restIsDelivered: Happening = changed('order', order(10), ({ shipping }) => ({
  shipping: shipping.map((method) => {
    if (method.shippingKey !== 'office') return method;
    const createdAt = '2026-05-21T09:00:00.000Z';
    const items = [{ id: lineItem(15), quantity: 1 }];
    const parcels = [{ id: parcel(5), createdAt, trackingData: { trackingId: '5', isReturn: false }, items }];
    const deliveries = [{ id: delivery(4), createdAt, items, parcels }];
    return { ...method, shippingInfo: { ...method.shippingInfo, deliveries } };
  }),
}));

/** More jeans of order 9 come back than are left. */
const tooManyComeBack: Happening = changed('order', order(9), ({ returnInfo = [] }) => ({
  returnInfo: returnInfo.map((info) => ({
    ...info,
    items: info.items.flatMap((item) => [
      item,
      { ...item, id: returnItem(4), quantity: 5, createdAt: '2026-05-28T10:00:00.000Z' },
    ]),
  })),
}));

/** Orders are shipped in parts, delivered, and come back. */
export const shipmentScenarios: Scenario[] = [
  {
    fixture: 'DeliveryAdded',
    note: 'a third of a line, and a custom line item',
    holds: events('2026-1009', 'Fulfilled Partial Order'),
    expected: 'jonas.brandt@example.org, Fulfilled Partial Order 70.16 EUR',
  },
  {
    fixture: 'DeliveryAdded.payloadNotIncluded',
    note: 'both deliveries, of which the second completes the order',
    holds: events('2026-1009', 'Fulfilled Partial Order'),
    expected: 'jonas.brandt@example.org, Fulfilled Partial Order 70.16 EUR',
  },
  {
    fixture: 'ParcelAddedToDelivery',
    holds: events('2026-1009', 'Confirmed Shipment'),
    expected: 'jonas.brandt@example.org, Confirmed Shipment 70.16 EUR',
  },
  {
    fixture: 'ParcelTrackingDataUpdated',
    note: 'half a line to one of two addresses, in yen',
    holds: events('2026-1010', 'Confirmed Shipment'),
    expected: 'jordan.avery@example.org, Confirmed Shipment 15799 JPY',
  },
  {
    fixture: 'ParcelTrackingDataUpdated.payloadNotIncluded',
    note: 'the other half to the other address',
    before: restIsDelivered,
    holds: events('2026-1010', 'Confirmed Shipment'),
    expected: 'jordan.avery@example.org, Confirmed Shipment 15799 JPY + 15799 JPY',
  },
  {
    fixture: 'OrderShipmentStateChanged.Delivered',
    holds: events('2026-1009', 'Delivered Shipment'),
    expected: 'jonas.brandt@example.org, Delivered Shipment 273.3 EUR',
  },
  {
    fixture: 'ReturnInfoAdded',
    holds: events('2026-1009', 'Requested Return'),
    expected: 'jonas.brandt@example.org, Requested Return 133.33 EUR',
  },
  {
    fixture: 'ReturnInfoSet',
    note: 'of a custom line item, too',
    holds: events('2026-1010', 'Requested Return'),
    expected: 'jordan.avery@example.org, Requested Return 15799 JPY + 500 JPY',
  },
  {
    fixture: 'OrderReturnShipmentStateChanged.Returned',
    holds: events('2026-1009', 'Received Return'),
    expected: 'jonas.brandt@example.org, Received Return 133.33 EUR',
  },
  {
    fixture: 'ReturnInfoAdded.payloadNotIncluded',
    note: 'five pieces of which one is left',
    before: tooManyComeBack,
    holds: events('2026-1009', 'Requested Return'),
    expected: 'jonas.brandt@example.org, Requested Return 133.33 EUR + 66.66 EUR',
  },
];
