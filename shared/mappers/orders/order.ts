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

/** What distinguishes the events of an order; the order's total is their value unless another amount is given. */
interface OrderFacts
  extends Pick<Event, 'metric' | 'time'>,
    Partial<Pick<Event, 'uniqueId' | 'value' | 'valueCurrency' | 'properties'>> {}

/** Returns an event of an order, with what templates, flows and segments read at the top and in `Items`. */
export function toOrderEvent(
  order: Order,
  profile: ProfileReference,
  { properties: particular, ...facts }: OrderFacts,
  context: OrderContext,
): EventWrite {
  const { settings, discountCodes } = context;
  const { custom, ...own } = order;
  const items = order.lineItems.map((lineItem) => toOrderLine(lineItem, context));
  const names = [...order.lineItems, ...order.customLineItems].map(({ name }) => localize(name, settings.locale));
  const standard = defined({
    OrderId: orderId(order),
    ItemNames: unique(names),
    ItemCount: items.reduce((pieces, { Quantity }) => pieces + Quantity, 0),
    Categories: unique(items.flatMap(({ Categories }) => Categories)),
    Brands: unique(order.lineItems.flatMap((lineItem) => brandsOf(lineItem, settings))),
    Items: items,
    ...toCanonical(order, discountCodes),
    ...(settings.orders.addresses && toAddresses(order)),
    ...particular,
  });
  const raw = {
    ...select(own, settings.orders.properties),
    ...select(custom?.fields ?? {}, settings.orders.customFields),
  };
  const { properties, trimmed } = fitProperties(standard, raw);
  const event = {
    profile,
    uniqueId: order.id,
    value: majorUnits(order.totalPrice),
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
