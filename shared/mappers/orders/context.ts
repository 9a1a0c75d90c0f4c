import type { Order } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import type { Event } from '../../klaviyo/writes.ts';
import { eventTime } from '../event-time.ts';

/** What an order's events need beyond the order itself. */
export interface OrderContext {
  settings: Settings;
  /** Breadcrumbs of the categories by product id. A product that does not exist any more has none. */
  breadcrumbs: ReadonlyMap<string, string[]>;
  /** The codes that the buyer typed. */
  discountCodes: readonly string[];
  /** What happened before, in milliseconds since the epoch, is history: Klaviyo records it without firing flows. */
  historyEnds: number;
}

/** Returns the time of an event, ISO 8601, and whether it is history. */
export const timed = (time: string, { historyEnds }: OrderContext): Pick<Event, 'time' | 'backfill'> =>
  Date.parse(time) < historyEnds ? { time, backfill: true } : { time };

/**
 * Returns when an order was placed, ISO 8601: of an imported order, when it was completed where it came from, if Klaviyo takes
 * that time.
 */
export const placedAt = ({ completedAt, createdAt }: Order): string =>
  eventTime(completedAt, Date.parse(createdAt)) ?? createdAt;

/** Returns when the products of an order were ordered, ISO 8601: a second after the order, so that a flow sees the order first. */
export const orderedAt = (order: Order): string => new Date(Date.parse(placedAt(order)) + 1000).toISOString();

/** Returns the ids of the discount codes that the buyer typed and that counted. */
export const countedCodes = ({ discountCodes = [] }: Order): string[] =>
  discountCodes
    .filter(({ state = 'MatchesCart' }) => state === 'MatchesCart')
    .map(({ discountCode }) => discountCode.id);

/** Returns the number that people know an order by. */
export const orderId = ({ orderNumber, id }: Order): string => orderNumber || id;
