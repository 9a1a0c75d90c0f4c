import { randomInt, randomUUID } from 'node:crypto';
import type { Delivery, Order, Parcel, ShipmentState, ShippingInfo } from '@commercetools/platform-sdk';
import * as z from 'zod';
import { deliveriesIn, type Piece } from '../../../soak/shop/order-parts.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actions } from './action.ts';
import type { Market } from './market.ts';
import { orderId } from './orders.ts';

const shipment = orderId.extend({
  lines: z
    .array(z.strictObject({ lineId: z.string().min(1), quantity: z.int().min(1) }))
    .min(1)
    .optional(),
  carrier: z.string().min(1).max(100).optional(),
  trackingId: z.string().min(1).max(100).optional(),
});

/** How many pieces of each line of an order are in deliveries, by the line's id. */
export function shippedOf(order: Order): Map<string, number> {
  const shipped = new Map<string, number>();
  for (const { id, quantity } of deliveriesIn(order).flatMap(({ items }) => items))
    shipped.set(id, (shipped.get(id) ?? 0) + quantity);
  return shipped;
}

/** The pieces of an order that are in no delivery. */
export function leftOf(order: Order): Piece[] {
  const shipped = shippedOf(order);
  return order.lineItems
    .map(({ id, quantity }) => ({ id, quantity: quantity - (shipped.get(id) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

/** What changes of an order whose deliveries change; a new one goes to its first address. */
function withDeliveries(order: Order, change: (deliveries: Delivery[]) => Delivery[]): Partial<Order> {
  const changed = (info: ShippingInfo) => ({ ...info, deliveries: change(info.deliveries ?? []) });
  if (order.shippingInfo) return { shippingInfo: changed(order.shippingInfo) };
  const [first, ...others] = order.shipping;
  if (!first) throw new ProblemError(409, `Order ${order.orderNumber} is not shipped.`);
  return { shipping: [{ ...first, shippingInfo: changed(first.shippingInfo) }, ...others] };
}

async function moveTo(market: Market, order: Order, shipmentState: ShipmentState): Promise<Order> {
  const { shipmentState: oldShipmentState } = order;
  if (shipmentState === oldShipmentState) return order;
  const next = await market.edit('order', order, { shipmentState });
  market.tell('OrderShipmentStateChanged', 'order', next, { shipmentState, oldShipmentState });
  return next;
}

function piecesOf(order: Order, wanted: { lineId: string; quantity: number }[] | undefined): Piece[] {
  const left = leftOf(order);
  if (left.length === 0) throw new ProblemError(409, `Everything of order ${order.orderNumber} is shipped already.`);
  if (!wanted) return left;
  return wanted.map(({ lineId, quantity }, index) => {
    const line = left.find(({ id }) => id === lineId);
    if (!line || line.quantity < quantity)
      throw new ProblemError(409, `Of this line ${line?.quantity ?? 0} are left to ship.`, `lines.${index}`);
    return { id: lineId, quantity };
  });
}

/** Adds a parcel that can be tracked to a delivery, and tells it. */
async function addParcel(market: Market, order: Order, delivery: Delivery, trackingData: Parcel['trackingData']) {
  const parcel: Parcel = { id: randomUUID(), createdAt: new Date().toISOString(), trackingData, items: delivery.items };
  const packed = { ...delivery, parcels: [parcel] };
  const edits = withDeliveries(order, (all) => all.map((one) => (one.id === delivery.id ? packed : one)));
  const next = await market.edit('order', order, edits);
  market.tell('ParcelAddedToDelivery', 'order', next, { delivery: packed, parcel });
  return next;
}

/** An order goes to its buyer. */
export const parcelActions: Actions<'ship' | 'deliver'> = {
  ship: {
    request: shipment,
    async run({ orderId, lines, carrier = 'DHL', trackingId = `JD${randomInt(1e9, 1e10)}` }, market) {
      const order = await market.need('order', orderId);
      if (order.orderState === 'Cancelled') throw new ProblemError(409, `Order ${order.orderNumber} was cancelled.`);
      const createdAt = new Date().toISOString();
      const delivery: Delivery = { id: randomUUID(), createdAt, items: piecesOf(order, lines), parcels: [] };
      const delivered = await market.edit(
        'order',
        order,
        withDeliveries(order, (all) => [...all, delivery]),
      );
      market.tell('DeliveryAdded', 'order', delivered, { delivery });
      const tracking = { trackingId, carrier, isReturn: false };
      const packed = await addParcel(market, delivered, delivery, tracking);
      const isWhole = leftOf(packed).length === 0;
      await moveTo(market, packed, isWhole ? 'Shipped' : 'Partial');
      return { said: `Order ${order.orderNumber} is ${isWhole ? 'shipped' : 'shipped in part'}.`, id: orderId };
    },
  },
  deliver: {
    request: orderId,
    async run({ orderId }, market) {
      const order = await market.need('order', orderId);
      if (shippedOf(order).size === 0) throw new ProblemError(409, `Nothing of order ${order.orderNumber} is shipped.`);
      await moveTo(market, order, 'Delivered');
      return { said: `Order ${order.orderNumber} has arrived.`, id: orderId };
    },
  },
};
