import type { Delivery, Parcel } from '../../commercetools/resources/delivery.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import { type Named, piecesOf } from './lines.ts';

/** Returns the deliveries of an order in either shipping mode, in the order in which they were made. */
export function deliveriesOf({ shippingInfo, shipping = [] }: Order): Delivery[] {
  const infos = [shippingInfo, ...shipping.map((method) => method.shippingInfo)];
  return infos.flatMap((info) => info?.deliveries ?? []).toSorted(inTime);
}

/** A parcel, and the delivery that it is part of. */
export interface Shipment {
  parcel: Parcel;
  delivery: Delivery;
}

/** Returns the parcels of deliveries that can be tracked on their way to the customer. */
export const tracked = (deliveries: readonly Delivery[]): Shipment[] =>
  deliveries.flatMap((delivery) => delivery.parcels.filter(isTracked).map((parcel) => ({ parcel, delivery })));

/** Returns whether a parcel has a tracking id, and is not on its way back. */
export const isTracked = ({ trackingData }: Pick<Parcel, 'trackingData'>): boolean =>
  Boolean(trackingData?.trackingId) && trackingData?.isReturn !== true;

/** Returns what a delivery holds: commercetools takes its items with the delivery, or with each of its parcels. */
export const itemsOf = ({ items, parcels }: Delivery): Named[] =>
  items.length > 0 ? items : parcels.filter(isOutbound).flatMap((parcel) => parcel.items);

/**
 * Returns what a parcel holds. One that does not say stands for its delivery; `isCounted` is false when an earlier one does already,
 * so that nothing is counted twice.
 */
export function contentsOf({ parcel, delivery }: Shipment): { items: Named[]; isCounted: boolean } {
  if (parcel.items.length > 0) return { items: parcel.items, isCounted: true };
  const [first] = delivery.parcels.filter((one) => one.items.length === 0 && isOutbound(one)).toSorted(inTime);
  return { items: itemsOf(delivery), isCounted: first === undefined || first.id === parcel.id };
}

/**
 * Returns whether an order was delivered as a whole by the time that a delivery was made, by all deliveries up to this one: so the
 * answer is the same whenever it is asked. A custom line item, which may be a fee, has to be delivered only if a delivery names it.
 */
export function isWhole(order: Order, until: Delivery): boolean {
  const delivered = piecesOf(
    deliveriesOf(order)
      .filter((one) => Date.parse(one.createdAt) <= Date.parse(until.createdAt))
      .flatMap(itemsOf),
  );
  const lines = [...order.lineItems, ...order.customLineItems.filter(({ id }) => delivered.has(id))];
  return lines.every(({ id, quantity }) => (delivered.get(id) ?? 0) >= quantity);
}

const isOutbound = ({ trackingData }: Parcel) => trackingData?.isReturn !== true;

/** By the time at which they were made; those of one moment always in the same order. */
const inTime = (one: { id: string; createdAt: string }, other: { id: string; createdAt: string }) =>
  Date.parse(one.createdAt) - Date.parse(other.createdAt) || (one.id < other.id ? -1 : 1);
