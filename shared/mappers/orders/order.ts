import type { Order } from '../../commercetools/resources/order.ts';
import type { Event, EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { majorUnits } from '../money.ts';
import { select } from '../selection.ts';
import { toAddresses, toCanonical } from './canonical.ts';
import { type OrderContext, orderId, timed } from './context.ts';
import { describeLines } from './items.ts';
import { type OrderLine, wholeOrder, worthOf } from './lines.ts';

/** What distinguishes the events of an order. */
export interface OrderFacts extends Pick<Event, 'metric' | 'time'> {
  /** The order's id unless given. */
  uniqueId?: string;
  /** What of the order the event is about; all of it unless given. */
  lines?: readonly OrderLine[];
  /** In major units; unless given what the lines are worth, and the order's total where they are not given either. */
  value?: number;
  valueCurrency?: string;
  /** What templates read beside what every event of an order has. */
  properties?: Record<string, unknown>;
}

/** Returns an event of an order, with what templates, flows and segments read at the top and in `Items`. */
export function toOrderEvent(
  order: Order,
  profile: ProfileReference,
  { lines, properties: more, ...facts }: OrderFacts,
  context: OrderContext,
): EventWrite {
  const { settings, discountCodes } = context;
  const { custom, ...own } = order;
  const standard = defined({
    OrderId: orderId(order),
    ...describeLines(lines ?? wholeOrder(order), context),
    ...toCanonical(order, discountCodes),
    ...(settings.orders.addresses && toAddresses(order)),
    ...more,
  });
  const raw = {
    ...select(own, settings.orders.properties),
    ...select(custom?.fields ?? {}, settings.orders.customFields),
  };
  const { properties, trimmed } = fitProperties(standard, raw);
  const event = {
    profile,
    uniqueId: order.id,
    value: lines ? worthOf(lines) : majorUnits(order.totalPrice),
    valueCurrency: order.totalPrice.currencyCode,
    ...facts,
    ...timed(facts.time, context),
    properties,
  };
  return { event, trimmed };
}

/** What an order lacks leaves room for a property of the same name that the shop has given it. */
const defined = (properties: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
