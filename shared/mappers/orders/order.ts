import * as z from 'zod';
import type { Order } from '../../commercetools/resources/order.ts';
import type { Event, EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { localize } from '../localized.ts';
import { majorUnits } from '../money.ts';
import { select } from '../selection.ts';
import { type OrderContext, orderId, timed } from './context.ts';
import { toOrderLine } from './line-item.ts';

/** What distinguishes the events of an order; the order's total is their value unless another amount is given. */
type OrderFacts = Pick<Event, 'metric' | 'time'> & Partial<Pick<Event, 'uniqueId' | 'value' | 'valueCurrency'>>;

/** Returns an event of an order, with what templates read: `OrderId`, `ItemNames`, `Categories`, `Brands`, `Items`. */
export function toOrderEvent(
  order: Order,
  profile: ProfileReference,
  facts: OrderFacts,
  context: OrderContext,
): EventWrite {
  const { settings } = context;
  const { custom, ...own } = order;
  const standard = { OrderId: orderId(order), ...describeLines(order, context) };
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

/** Returns what templates read of the lines of an order or a cart. */
export function describeLines(
  { lineItems, customLineItems }: Pick<Order, 'lineItems' | 'customLineItems'>,
  context: OrderContext,
) {
  const { orders, locale } = context.settings;
  const items = lineItems.map((lineItem) => toOrderLine(lineItem, context));
  const names = [...lineItems, ...customLineItems].map(({ name }) => localize(name, locale));
  return {
    ItemNames: unique(names),
    Categories: unique(items.flatMap(({ Categories }) => Categories)),
    Brands: brandsOf(lineItems, orders.brandAttribute, locale),
    Items: items,
  };
}

const unique = (values: (string | undefined)[]) => [...new Set(values.filter((value) => value !== undefined))];

/** A text, a localized text, or an enumeration's key and label, which may be localized too; a set has several. */
const attributeText = z.union([
  z.string(),
  z.looseObject({ label: z.union([z.string(), z.record(z.string(), z.string())]) }).transform(({ label }) => label),
  z.record(z.string(), z.string()).refine((texts) => !Object.hasOwn(texts, 'typeId')),
]);

function brandsOf(lineItems: Order['lineItems'], attribute: string, locale: string | undefined): string[] {
  const values = lineItems.flatMap(({ variant }) => variant.attributes.filter(({ name }) => name === attribute));
  return unique(
    values
      .flatMap(({ value }) => value)
      .map((value) => {
        const { data } = attributeText.safeParse(value);
        return typeof data === 'string' ? data : localize(data, locale);
      }),
  );
}
