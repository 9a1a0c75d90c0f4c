import * as z from 'zod';
import type { Order } from '../../commercetools/resources/order.ts';
import type { Event, EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { localize } from '../localized.ts';
import { majorUnits } from '../money.ts';
import { select } from '../selection.ts';
import { type OrderContext, orderId, timed } from './context.ts';
import { toOrderLine } from './line-item.ts';
import { isProduct, type OrderLine, type ProductLine, wholeOrder, worthOf } from './lines.ts';

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

/** Returns an event of an order, with what templates read: `OrderId`, `ItemNames`, `Categories`, `Brands`, `Items`. */
export function toOrderEvent(
  order: Order,
  profile: ProfileReference,
  { lines, properties: more, ...facts }: OrderFacts,
  context: OrderContext,
): EventWrite {
  const { settings } = context;
  const { custom, ...own } = order;
  const about = lines ?? wholeOrder(order);
  const products = about.filter(isProduct);
  const items = products.map(({ line, pieces }) => toOrderLine(line, context, pieces));
  const names = about.map(({ line }) => localize(line.name, settings.locale));
  const standard = {
    OrderId: orderId(order),
    ItemNames: unique(names),
    Categories: unique(items.flatMap(({ Categories }) => Categories)),
    Brands: brandsOf(products, settings.orders.brandAttribute, settings.locale),
    Items: items,
    ...more,
  };
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

const unique = (values: (string | undefined)[]) => [...new Set(values.filter((value) => value !== undefined))];

/** A text, a localized text, or an enumeration's key and label, which may be localized too; a set has several. */
const attributeText = z.union([
  z.string(),
  z.looseObject({ label: z.union([z.string(), z.record(z.string(), z.string())]) }).transform(({ label }) => label),
  z.record(z.string(), z.string()).refine((texts) => !Object.hasOwn(texts, 'typeId')),
]);

function brandsOf(products: readonly ProductLine[], attribute: string, locale: string | undefined): string[] {
  const values = products.flatMap(({ line }) => line.variant.attributes.filter(({ name }) => name === attribute));
  return unique(
    values
      .flatMap(({ value }) => value)
      .map((value) => {
        const { data } = attributeText.safeParse(value);
        return typeof data === 'string' ? data : localize(data, locale);
      }),
  );
}
