import type { ReturnItem } from '../../commercetools/resources/delivery.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import type { OrderContext } from './context.ts';
import type { Named, OrderLine } from './lines.ts';
import { type OrderFacts, toOrderEvent } from './order.ts';
import { trackingOf } from './tracking.ts';

/** An item that is sent back, and what the parcel is tracked by. */
export interface Returned {
  item: ReturnItem;
  trackingId: string | undefined;
}

/** Returns everything of an order that was or is to be sent back. */
export const returnsOf = ({ returnInfo = [] }: Order): Returned[] =>
  returnInfo.flatMap(({ items, returnTrackingId: trackingId }) => items.map((item) => ({ item, trackingId })));

/** Returns the line that an item is of, and how many pieces. */
export const namedBy = ({ lineItemId, customLineItemId, quantity }: ReturnItem): Named => ({
  id: lineItemId ?? customLineItemId ?? '',
  quantity,
});

/**
 * Returns how many pieces of an item's line earlier items send back already. commercetools lets more be returned than was bought.
 */
export function returnedBefore(order: Order, item: ReturnItem): number {
  const line = namedBy(item).id;
  const earlier = returnsOf(order).filter(({ item: one }) => namedBy(one).id === line && isBefore(one, item));
  return earlier.reduce((pieces, { item: { quantity } }) => pieces + quantity, 0);
}

const isBefore = (one: ReturnItem, other: ReturnItem) => {
  const milliseconds = Date.parse(one.createdAt) - Date.parse(other.createdAt);
  return milliseconds < 0 || (milliseconds === 0 && one.id < other.id);
};

/** Returns `Requested Return` of an item that is to be sent back. */
export const toRequestedReturn = (
  order: Order,
  returned: Returned,
  lines: readonly OrderLine[],
  profile: ProfileReference,
  context: OrderContext,
): EventWrite => {
  const { id: uniqueId, createdAt: time } = returned.item;
  const facts = { metric: context.settings.metrics.requestedReturn, uniqueId, time, lines };
  return toReturnEvent(order, returned, facts, profile, context);
};

/**
 * Returns `Received Return` of an item that has come back.
 *
 * @param time when it was received, ISO 8601
 */
export const toReceivedReturn = (
  order: Order,
  returned: Returned,
  lines: readonly OrderLine[],
  time: string,
  profile: ProfileReference,
  context: OrderContext,
): EventWrite => {
  const uniqueId = `${returned.item.id}:Returned`;
  const facts = { metric: context.settings.metrics.receivedReturn, uniqueId, time, lines };
  return toReturnEvent(order, returned, facts, profile, context);
};

function toReturnEvent(
  order: Order,
  { trackingId }: Returned,
  facts: OrderFacts,
  profile: ProfileReference,
  context: OrderContext,
): EventWrite {
  const properties = trackingOf([{ trackingId }], order, context.settings);
  return toOrderEvent(order, profile, { ...facts, properties }, context);
}
