import type { Delivery, Order, Parcel } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { message, messageWithoutPayload, tick } from './notifications.ts';
import { addFact, changeOrder } from './order-facts.ts';
import { centsOf, deliveriesIn, type Piece, trackingIn, withDeliveries } from './order-parts.ts';
import type { ShopState } from './state.ts';

/** How orders get to their buyers. Each gives the notifications of one change or some, none when nothing can change so. */
export interface Shipments {
  /** Something of an order is delivered, in a parcel that can be tracked at once, later, or never. */
  ship(): Change[];
  /** An order is shipped or has arrived, as a whole. */
  arrive(): Change[];
}

/** How many pieces of a line were delivered. */
const deliveredOf = (order: Order, lineId: string): number =>
  deliveriesIn(order)
    .flatMap(({ items }) => items)
    .filter(({ id }) => id === lineId)
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** Makes up deliveries and parcels. */
export function createShipments(state: ShopState, random: Random): Shipments {
  /** How many pieces of a line are still to be delivered, by the id of the order. */
  const left = new Map<string, Map<string, number>>();
  const arrived = new Set<string>();

  function take(order: Order): Piece[] {
    const lines =
      left.get(order.id) ?? new Map(order.lineItems.map(({ id, quantity }) => [id, quantity - deliveredOf(order, id)]));
    left.set(order.id, lines);
    const all = [...lines].filter(([, quantity]) => quantity > 0);
    const some = all.map(([id, quantity]): Piece => ({ id, quantity: random.below(quantity + 1) }));
    const pieces = some.filter(({ quantity }) => quantity > 0);
    const taken = pieces.length > 0 ? pieces : all.map(([id, quantity]): Piece => ({ id, quantity }));
    for (const { id, quantity } of taken) lines.set(id, (lines.get(id) ?? 0) - quantity);
    return taken;
  }

  function addParcel(order: Order, delivery: Delivery, lines: Piece[]): Change[] {
    const trackingData = { trackingId: `T-${random.below(1_000_000)}`, carrier: random.pick(['DHL', 'UPS']) };
    const parcel: Parcel = { id: random.uuid(), createdAt: tick(), items: [] };
    const tracked = { ...parcel, trackingData };
    const put = (current: Order, one: Parcel) =>
      changeOrder(
        state,
        current,
        withDeliveries(
          current,
          deliveriesIn(current).map((made) => (made.id === delivery.id ? { ...made, parcels: [one] } : made)),
        ),
      );
    const confirm = (current: Order, time: string) =>
      addFact(state, 'shipment', 'Confirmed Shipment', current, {
        ...{ uniqueId: parcel.id, time, cents: centsOf(current, lines), lines },
        properties: () => ({ ShipmentStatus: 'confirmed', ...trackingIn([tracked]) }),
      });
    const when = random.pick(['at once', 'at once', 'later', 'never'] as const);
    const added = when === 'at once' ? tracked : parcel;
    const first = put(order, added);
    const told = message('ParcelAddedToDelivery', 'order', first, { delivery, parcel: added });
    if (when === 'at once') confirm(first, told.createdAt);
    const changes: Change[] = [{ kind: 'shipment', payload: told }];
    if (when !== 'later') return changes;
    const second = put(first, tracked);
    const ids = { deliveryId: delivery.id, parcelId: parcel.id };
    const updated = message('ParcelTrackingDataUpdated', 'order', second, { ...ids, trackingData });
    confirm(second, updated.createdAt);
    return [...changes, { kind: 'shipment', payload: updated }];
  }

  return {
    ship() {
      const order = random.pickRecent(state.orders);
      const lines = order ? take(order) : [];
      if (!order || lines.length === 0) return [];
      const earlier = deliveriesIn(order);
      const createdAt = tick();
      const delivery: Delivery = { id: random.uuid(), createdAt, items: lines, parcels: [] };
      const isSplit = earlier.length === 0 && random.chance(0.3);
      const shaped = isSplit ? { ...order, shippingMode: 'Multiple' as const } : order;
      const next = changeOrder(state, shaped, withDeliveries(shaped, [...earlier, delivery]));
      const isWhole = [...(left.get(order.id)?.values() ?? [])].every((quantity) => quantity === 0);
      if (!isWhole)
        addFact(state, 'delivery', 'Fulfilled Partial Order', next, {
          ...{ uniqueId: delivery.id, time: createdAt, cents: centsOf(next, lines), lines },
          properties: (then) => ({
            ...{ FulfillmentStatus: 'partial', HasPartialFulfillments: earlier.length > 0 },
            ...trackingIn(deliveriesIn(then).find(({ id }) => id === delivery.id)?.parcels ?? []),
          }),
        });
      const told = random.chance(0.2)
        ? messageWithoutPayload('DeliveryAdded', 'order', next)
        : message('DeliveryAdded', 'order', next, { delivery });
      return [{ kind: 'delivery', payload: told }, ...addParcel(next, delivery, lines)];
    },

    arrive() {
      const order = random.pickRecent(state.orders);
      if (!order || arrived.has(order.id)) return [];
      const shipmentState = random.pick(['Shipped', 'Delivered', 'Delivered'] as const);
      const next = changeOrder(state, order, { shipmentState });
      const told = message('OrderShipmentStateChanged', 'order', next, { shipmentState });
      if (shipmentState === 'Delivered') {
        arrived.add(order.id);
        addFact(state, 'shipment-state', 'Delivered Shipment', next, {
          ...{ uniqueId: `${order.id}:Delivered`, time: told.createdAt },
          properties: (then) => ({
            ...{ ShipmentStatus: 'delivered', FulfillmentStatus: 'fulfilled' },
            HasPartialFulfillments: deliveriesIn(then).length > 1,
            ...trackingIn(deliveriesIn(then).flatMap(({ parcels }) => parcels)),
          }),
        });
      }
      return [{ kind: 'shipment-state', payload: told }];
    },
  };
}
