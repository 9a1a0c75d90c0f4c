import type { Order } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import type { EventWrite, ProfileReference, Write } from '../../klaviyo/writes.ts';
import { breadcrumbsOf } from '../../mappers/catalog/category.ts';
import type { About } from '../../mappers/orders/buyer.ts';
import { countedCodes, type OrderContext, placedAt } from '../../mappers/orders/context.ts';
import { isOfServed } from '../../mappers/stores.ts';
import type { Message } from '../../platform-format/schema.ts';
import type { PlanContext } from '../handler.ts';
import { readOptional } from '../optional-scope.ts';
import { buyerOf, type Tells } from './buyer.ts';

/** What the events of an order need beyond the order. */
interface EventSources {
  /** What the profile is recognized by. */
  profile: ProfileReference;
  /** What the order may tell of the buyer; nothing where events tell identifiers only. */
  about: About;
  context: OrderContext;
}

/**
 * Plans events of an order; none for an order that belongs to nobody, or to a store that is not synced. Reads what the events need
 * beyond the order: whose they are, the breadcrumbs of those of its products that are still published, and its discount codes.
 *
 * @param tells whether the events also tell what the order knows of its buyer
 * @throws whatever the readers throw
 */
export async function orderEvents(
  order: Order,
  message: Message,
  planContext: PlanContext,
  toEvents: (sources: EventSources) => EventWrite[],
  tells: Tells = 'identifiers',
): Promise<Write[]> {
  const { commercetools, settings } = planContext;
  if (!isOfServed(order, settings)) return [];
  const historyEnds = endOfHistory(message, settings);
  const isHistory = Date.parse(placedAt(order)) < historyEnds;
  const [buyer, products, discountCodes] = await Promise.all([
    buyerOf(order, isHistory ? { ...planContext, freshness: 'old' } : planContext, tells),
    commercetools.products.withCategories(order.lineItems.map(({ productId }) => productId)),
    discountCodesOf(order, planContext),
  ]);
  if (!buyer) return [];
  const { profile, about, before } = buyer;
  const context = { settings, breadcrumbs: breadcrumbsOf(products, settings.locale), discountCodes, historyEnds };
  const events = toEvents({ profile, about, context });
  return [...before, ...events.map((event) => ({ kind: 'createEvent', ...event }) as const)];
}

/** Returns the codes that the buyer typed and that counted. */
async function discountCodesOf(order: Order, context: PlanContext): Promise<string[]> {
  const counted = countedCodes(order);
  if (counted.length === 0) return [];
  const reading = context.commercetools.discountCodes.codesOf(counted);
  return (await readOptional(reading, 'view_discount_codes', 'the discount codes are left out', context)) ?? [];
}

/**
 * Returns up to when what a message tells is history, in milliseconds since the epoch; NaN, which nothing is before, when the
 * message has no time.
 */
export const endOfHistory = ({ createdAt }: Message, { orders }: Settings): number =>
  Date.parse(String(createdAt)) - orders.backfillAfterHours * 3_600_000;
