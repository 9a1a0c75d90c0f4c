import type { Order } from '../../commercetools/resources/order.ts';
import type { OrderPredicate } from '../../commercetools/scans/scans.ts';
import type { Settings } from '../../config/settings.ts';
import { shipmentStatesUpTo } from '../../mappers/orders/shipment.ts';

/** Which orders have an event of a metric: said once, for commercetools as well as for an order that was read. */
export type Which = Pick<OrderPredicate, 'states' | 'shipmentStates' | 'unlessImported' | 'imported'>;

/**
 * Returns which orders were placed: whatever became of an order, it was placed before; undefined when no order is to be told of as
 * placed. An order that was imported as cancelled looks as one that was cancelled later, and is left out with it.
 */
export function placedOrders(settings: Settings): Which | undefined {
  const { placedOn, placedStates, fulfilledStates, cancelledStates } = settings.orders;
  const isOwnPlaced = placedOn.includes('OrderCreated') || placedOn.includes('OrderCreatedFromRecurringOrder');
  const isImportPlaced = placedOn.includes('OrderImported');
  if (isOff('order-placed', settings) || (!isOwnPlaced && !isImportPlaced)) return undefined;
  return {
    states: [...new Set([...placedStates, ...fulfilledStates])],
    shipmentStates: shippedStates(settings),
    unlessImported: cancelledStates,
    ...(isOwnPlaced !== isImportPlaced && { imported: isImportPlaced }),
  };
}

/** Returns which orders were fulfilled; undefined when no order is to be told of as fulfilled. */
export function fulfilledOrders(settings: Settings): Which | undefined {
  const states = isOff('order-state', settings) ? [] : settings.orders.fulfilledStates;
  const shipmentStates = isOff('shipment-state', settings) ? [] : shippedStates(settings);
  return states.length + shipmentStates.length > 0 ? { states, shipmentStates } : undefined;
}

/** Returns which orders were cancelled after they were placed; undefined when no order is to be told of as cancelled. */
export function cancelledOrders(settings: Settings): Which | undefined {
  const { cancelledStates } = settings.orders;
  if (isOff('order-state', settings) || cancelledStates.length === 0) return undefined;
  return { unlessImported: cancelledStates };
}

/** Returns whether an order is one of these. */
export function isAmong(order: Order, which: Which | undefined): boolean {
  if (!which) return false;
  const { orderState, shipmentState = '', completedAt } = order;
  const isImported = completedAt !== undefined;
  if (which.imported !== undefined && which.imported !== isImported) return false;
  return Boolean(
    which.states?.includes(orderState) ||
      which.shipmentStates?.includes(shipmentState) ||
      (!isImported && which.unlessImported?.includes(orderState)),
  );
}

/** Returns whether an order has been in one of the states of `orders.shippedStates`, and somebody is to be told. */
export const isShipped = ({ shipmentState = '' }: Order, settings: Settings): boolean =>
  !isOff('shipment-state', settings) && shippedStates(settings).includes(shipmentState);

/** Returns whether refunds are to be told of. */
export const isRefundTold = (settings: Settings): boolean => !isOff('refund', settings);

/** The states by which an order shows that it has been in one of `orders.shippedStates`. */
function shippedStates({ orders }: Settings): string[] {
  const hasBeen = (state: string) => shipmentStatesUpTo(state).some((one) => orders.shippedStates.includes(one));
  return [...new Set([...orders.shippedStates, 'Delivered'])].filter(hasBeen);
}

const isOff = (name: Settings['handlers']['disabled'][number], { handlers }: Settings): boolean =>
  handlers.disabled.includes(name);
