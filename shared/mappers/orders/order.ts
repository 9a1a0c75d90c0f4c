import type { Order } from '../../commercetools/resources/order.ts';
import type { Event, EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { localize } from '../localized.ts';
import { majorUnits } from '../money.ts';
import { select } from '../selection.ts';
import { brandsOf } from './brand.ts';
import { toAddresses, toCanonical } from './canonical.ts';
import { type OrderContext, orderId, timed } from './context.ts';
import { toOrderLine } from './line-item.ts';
import { isProduct, type OrderLine, wholeOrder, worthOf } from './lines.ts';

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
  const about = lines ?? wholeOrder(order);
  const products = about.filter(isProduct);
  const items = products.map(({ line, pieces }) => toOrderLine(line, context, pieces));
  const names = about.map(({ line }) => localize(line.name, settings.locale));
  const standard = defined({
    OrderId: orderId(order),
    ItemNames: unique(names),
    ItemCount: items.reduce((pieces, { Quantity }) => pieces + Quantity, 0),
    Categories: unique(items.flatMap(({ Categories }) => Categories)),
    Brands: unique(products.flatMap(({ line }) => brandsOf(line, settings))),
    Items: items,
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

const unique = (values: (string | undefined)[]) => [...new Set(values.filter((value) => value !== undefined))];
