import type { Delivery, Parcel } from '../../commercetools/resources/delivery.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import type { OrderContext } from './context.ts';
import { deliveriesOf, tracked } from './deliveries.ts';
import type { OrderLine } from './lines.ts';
import { type OrderFacts, toOrderEvent } from './order.ts';
import { trackingOf } from './tracking.ts';

/** What of an order was shipped, and when, ISO 8601. */
interface Shipped {
  lines: readonly OrderLine[];
  time: string;
  /** In major units, where that is not what the lines are worth. */
  value?: number;
}

/** Returns the states that a shipment has been in for certain: an order shows the last one only. */
export const shipmentStatesUpTo = (state = ''): string[] => (state === 'Delivered' ? ['Shipped', state] : [state]);

/** Returns `Confirmed Shipment` of a parcel: somebody can look where it is. */
export const toConfirmedShipment = (
  order: Order,
  { id, trackingData = {} }: Parcel,
  shipped: Shipped,
  profile: ProfileReference,
  context: OrderContext,
): EventWrite => {
  const { metrics } = context.settings;
  const properties = { ShipmentStatus: 'confirmed', ...trackingOf([trackingData], order, context.settings) };
  return toOrderEvent(
    order,
    profile,
    { metric: metrics.confirmedShipment, uniqueId: id, ...shipped, properties },
    context,
  );
};

/** Returns `Fulfilled Partial Order` of a delivery that leaves something of its order to be delivered. */
export const toFulfilledPartialOrder = (
  order: Order,
  delivery: Delivery,
  lines: readonly OrderLine[],
  profile: ProfileReference,
  context: OrderContext,
): EventWrite => {
  const properties = {
    FulfillmentStatus: 'partial',
    HasPartialFulfillments: deliveriesOf(order)[0]?.id !== delivery.id,
    ...parcelsOf([delivery], order, context),
  };
  const { id: uniqueId, createdAt: time } = delivery;
  const metric = context.settings.metrics.fulfilledPartialOrder;
  return toOrderEvent(order, profile, { metric, uniqueId, time, lines, properties }, context);
};

/**
 * Returns `Fulfilled Order` of an order that is on its way as a whole: the same event as that of an order which is complete.
 *
 * @param time when it was shipped, ISO 8601
 */
export const toShippedOrder = (
  order: Order,
  time: string,
  profile: ProfileReference,
  context: OrderContext,
): EventWrite =>
  toOrderEvent(
    order,
    profile,
    { metric: context.settings.metrics.fulfilledOrder, time, properties: wholeOf(order, context) },
    context,
  );

/**
 * Returns `Delivered Shipment` of an order that has arrived as a whole.
 *
 * @param time when it was delivered, ISO 8601
 */
export const toDeliveredShipment = (
  order: Order,
  time: string,
  profile: ProfileReference,
  context: OrderContext,
): EventWrite => {
  const facts: OrderFacts = {
    metric: context.settings.metrics.deliveredShipment,
    uniqueId: `${order.id}:Delivered`,
    time,
    properties: { ShipmentStatus: 'delivered', ...wholeOf(order, context) },
  };
  return toOrderEvent(order, profile, facts, context);
};

const parcelsOf = (deliveries: readonly Delivery[], order: Order, { settings }: OrderContext) =>
  trackingOf(
    tracked(deliveries).map(({ parcel: { trackingData = {} } }) => trackingData),
    order,
    settings,
  );

function wholeOf(order: Order, context: OrderContext) {
  const deliveries = deliveriesOf(order);
  return {
    FulfillmentStatus: 'fulfilled',
    HasPartialFulfillments: deliveries.length > 1,
    ...parcelsOf(deliveries, order, context),
  };
}
