import type { Delivery, Order, TrackingData } from '@commercetools/platform-sdk';

/** Some pieces of a line of an order. */
export interface Piece {
  id: string;
  quantity: number;
}

/** The deliveries of an order, in the order in which they were made. */
export const deliveriesIn = ({ shippingInfo, shipping }: Order): Delivery[] =>
  [shippingInfo, ...shipping.map((method) => method.shippingInfo)].flatMap((info) => info?.deliveries ?? []);

/** What changes of an order that has these deliveries, in its shipping mode. */
export function withDeliveries(order: Order, deliveries: Delivery[]): Partial<Order> {
  const { shippingMode, shippingInfo, shipping, shippingAddress = { country: 'DE' } } = order;
  const info = shippingInfo ?? shipping[0]?.shippingInfo;
  if (!info) throw new Error(`Order ${order.id} is not shipped`);
  if (shippingMode === 'Single') return { shippingInfo: { ...info, deliveries } };
  const methods = [deliveries.slice(0, 1), deliveries.slice(1)].map((some, index) => ({
    ...{ shippingKey: `method-${index}`, shippingAddress },
    shippingInfo: { ...info, deliveries: some },
  }));
  return { shippingMode, shippingInfo: undefined, shipping: methods };
}

/** What pieces are worth, in cents: their share of the row, rounded down. */
export const centsOf = ({ lineItems }: Order, pieces: readonly Piece[]): number =>
  lineItems
    .map(({ id, quantity, totalPrice }) => {
      const some = pieces.find((piece) => piece.id === id)?.quantity ?? 0;
      return Math.floor((totalPrice.centAmount / quantity) * some + 1e-6);
    })
    .reduce((sum, cents) => sum + cents, 0);

/** What Klaviyo is told of parcels: the first that can be tracked, and the numbers of all; nothing when none can be. */
export function trackingIn(parcels: readonly { trackingData?: TrackingData }[]): Record<string, unknown> {
  const tracked = parcels.flatMap(({ trackingData }) => (trackingData?.trackingId ? [trackingData] : []));
  const [first] = tracked;
  if (!first) return {};
  return {
    ...{ TrackingCompany: first.carrier, TrackingNumber: first.trackingId },
    TrackingNumbers: tracked.map(({ trackingId }) => trackingId),
    Fulfillment: { carrier: first.carrier, trackingCode: first.trackingId },
  };
}
