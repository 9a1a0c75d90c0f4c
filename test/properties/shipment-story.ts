import type { Delivery, Order, Parcel, ReturnItem } from '@commercetools/platform-sdk';
import * as fc from 'fast-check';
import { ids } from '../fixtures/ids.ts';
import { fixture } from '../fixtures/index.ts';
import { seed } from './changes.ts';

/** Some pieces of the order's lines: three jeans, a stove, and a gift wrapping, which is a custom line item. */
type Pieces = [line: string, quantity: number][];
const LINES: Pieces = [
  [ids.lineItem(13), 3],
  [ids.lineItem(14), 1],
  [ids.lineItem(91), 1],
];
/** What a row is worth, in cents. */
const WORTH = new Map([
  [ids.lineItem(13), 20_000],
  [ids.lineItem(14), 6490],
  [ids.lineItem(91), 350],
]);
const BOUGHT = new Map(LINES);
const [JEANS, GIFT] = [ids.lineItem(13), ids.lineItem(91)];

/** Part of an order is delivered, in one parcel that can be tracked at some time, or comes back. */
interface Delivering {
  kind: 'deliver';
  pieces: Pieces;
  tracking: 'at once' | 'later' | 'never' | 'back';
}
/** Some jeans are to come back, maybe more than were bought. */
interface Returning {
  kind: 'return';
  quantity: number;
  isSet: boolean;
  isReceived: boolean;
}

const delivering: fc.Arbitrary<Delivering> = fc.record({
  kind: fc.constant('deliver' as const),
  pieces: fc
    .tuple(
      ...LINES.map(([line, most]) => fc.integer({ min: 0, max: most }).map((some): Pieces[number] => [line, some])),
    )
    .map((pieces) => pieces.filter(([, some]) => some > 0))
    .filter((pieces) => pieces.length > 0),
  tracking: fc.constantFrom('at once', 'later', 'never', 'back'),
});
const returning: fc.Arbitrary<Returning> = fc.record({
  kind: fc.constant('return' as const),
  quantity: fc.integer({ min: 1, max: 4 }),
  isSet: fc.boolean(),
  isReceived: fc.boolean(),
});

/** What happens to an order, in this order. */
export const steps = fc.array(fc.oneof(delivering, returning), { minLength: 1, maxLength: 5 });

/** A message, the same without its payload, and the order in the shop from then on. */
export interface Told {
  order: Order;
  message: Record<string, unknown>;
  large: Record<string, unknown>;
}

const centsOf = (pieces: Pieces) =>
  pieces.reduce((sum, [line, some]) => {
    return sum + Math.floor(((WORTH.get(line) ?? 0) * some) / (BOUGHT.get(line) ?? 1));
  }, 0);

/** Returns what is told of steps, and the events that have to come of it, a line each. */
export function play(happened: (Delivering | Returning)[]): { told: Told[]; events: string[] } {
  const { shippingInfo, ...seeded } = seed('order', 8);
  if (!shippingInfo) throw new Error('The seed lacks shipping');
  const resource = { typeId: 'order', id: seeded.id };
  let order: Order = { ...seeded, version: 1, returnInfo: [], shippingInfo: { ...shippingInfo, deliveries: [] } };
  let minutes = 0;
  const told: Told[] = [];
  const events: string[] = [];
  const delivered = new Map<string, number>();
  let returned = 0;

  const now = () => new Date(Date.UTC(2026, 4, 20, 9, minutes)).toISOString();
  function tell(name: string, change: Partial<Order>, payload: object): void {
    minutes += 1;
    order = { ...order, ...change, version: order.version + 1 };
    const own = { resource, resourceVersion: order.version, createdAt: now() };
    const large = { ...fixture(`${name}.payloadNotIncluded`), ...own };
    told.push({ order, message: { ...fixture(name), ...payload, ...own }, large });
  }
  const withDeliveries = (deliveries: Delivery[]) => ({ shippingInfo: { ...shippingInfo, deliveries } });

  function deliver({ pieces, tracking }: Delivering, index: number): void {
    const earlier = order.shippingInfo?.deliveries ?? [];
    const items = pieces.map(([id, quantity]) => ({ id, quantity }));
    const made: Delivery = { id: `delivery-${index}`, createdAt: now(), items, parcels: [] };
    tell('DeliveryAdded', withDeliveries([...earlier, made]), { delivery: made });
    for (const [line, some] of pieces) delivered.set(line, (delivered.get(line) ?? 0) + some);
    const isWhole = LINES.every(([line, most]) => (delivered.get(line) ?? (line === GIFT ? most : 0)) >= most);
    if (!isWhole) events.push(`Fulfilled Partial Order ${made.id}: ${centsOf(pieces)}, again ${earlier.length > 0}`);

    const bare: Parcel = { id: `parcel-${index}`, createdAt: now(), items: [] };
    const trackingData = { trackingId: `T-${index}`, carrier: 'DHL', isReturn: tracking === 'back' };
    const tracked = { ...bare, trackingData };
    const put = (parcel: Parcel) => withDeliveries([...earlier, { ...made, parcels: [parcel] }]);
    const added = ['at once', 'back'].includes(tracking) ? tracked : bare;
    tell('ParcelAddedToDelivery', put(added), { delivery: made, parcel: added });
    if (tracking === 'later')
      tell('ParcelTrackingDataUpdated', put(tracked), { deliveryId: made.id, parcelId: bare.id, trackingData });
    if (['at once', 'later'].includes(tracking)) events.push(`Confirmed Shipment ${bare.id}: ${centsOf(pieces)}`);
  }

  function sendBack({ quantity, isSet, isReceived }: Returning, index: number): void {
    const earlier = order.returnInfo ?? [];
    const item: ReturnItem = {
      ...{ type: 'LineItemReturnItem', id: `return-${index}`, lineItemId: JEANS, quantity },
      ...{ shipmentState: 'Advised', paymentState: 'Initial', createdAt: now(), lastModifiedAt: now() },
    };
    const put = (one: ReturnItem) => ({ returnInfo: [...earlier, { items: [one] }] });
    if (isSet) tell('ReturnInfoSet', put(item), put(item));
    else tell('ReturnInfoAdded', put(item), { returnInfo: { items: [item] } });
    if (isReceived)
      tell('OrderReturnShipmentStateChanged.Returned', put({ ...item, shipmentState: 'Returned' }), {
        ...{ returnItemId: item.id, returnShipmentState: 'Returned' },
      });
    const left = Math.min(quantity, Math.max(0, 3 - returned));
    returned += quantity;
    if (left === 0) return;
    events.push(`Requested Return ${item.id}: ${centsOf([[JEANS, left]])}`);
    if (isReceived) events.push(`Received Return ${item.id}:Returned: ${centsOf([[JEANS, left]])}`);
  }

  for (const [index, step] of happened.entries()) {
    minutes += 10;
    if (step.kind === 'deliver') deliver(step, index);
    else sendBack(step, index);
  }
  return { told, events: events.sort() };
}
