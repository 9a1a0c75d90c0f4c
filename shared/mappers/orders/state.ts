import type { Order } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import type { OrderContext } from './context.ts';
import { type OrderFacts, toOrderEvent } from './order.ts';
import { reasonOf } from './reason.ts';

/** Returns the metric that a state of an order stands for; undefined for none. */
export function metricOfState(state: string, { orders, metrics }: Settings): string | undefined {
  if (orders.fulfilledStates.includes(state)) return metrics.fulfilledOrder;
  return orders.cancelledStates.includes(state) ? metrics.cancelledOrder : undefined;
}

/** Returns `Fulfilled Order` or `Cancelled Order`, by the metric, of an order that has come to such a state. */
export function toStateEvent(
  order: Order,
  { metric, time }: Pick<OrderFacts, 'metric' | 'time'>,
  profile: ProfileReference,
  context: OrderContext,
): EventWrite {
  const { settings } = context;
  const properties = metric === settings.metrics.cancelledOrder ? reasonOf([order.custom], settings) : {};
  return toOrderEvent(order, profile, { metric, time, properties }, context);
}
