import type { Order } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import type { EventWrite, ProfileReference, Write } from '../../klaviyo/writes.ts';
import { breadcrumbs } from '../../mappers/catalog/category.ts';
import type { About } from '../../mappers/orders/buyer.ts';
import { type OrderContext, placedAt } from '../../mappers/orders/context.ts';
import type { Message } from '../../platform-format/schema.ts';
import type { PlanContext } from '../handler.ts';
import { buyerOf } from './buyer.ts';

/** What the events of an order need beyond the order. */
interface EventSources {
  /** What the profile is recognized by. */
  profile: ProfileReference;
  /** What the order may tell of the buyer; nothing where events tell identifiers only. */
  about: About;
  context: OrderContext;
}

/**
 * Plans events of an order; none for an order that belongs to nobody. Reads what the events need beyond the order: whose they are,
 * and the breadcrumbs of those of its products that are still published.
 *
 * @param tells whether the events also tell what the order knows of its buyer
 * @throws whatever the readers throw
 */
export async function orderEvents(
  order: Order,
  message: Message,
  planContext: PlanContext,
  toEvents: (sources: EventSources) => EventWrite[],
  tells: 'identifiers' | 'buyer' = 'identifiers',
): Promise<Write[]> {
  const { commercetools, settings } = planContext;
  const historyEnds = endOfHistory(message, settings);
  const isHistory = Date.parse(placedAt(order)) < historyEnds;
  const [buyer, products] = await Promise.all([
    buyerOf(order, isHistory ? { ...planContext, freshness: 'old' } : planContext, tells),
    commercetools.products.withCategories(order.lineItems.map(({ productId }) => productId)),
  ]);
  if (!buyer) return [];
  const { profile, about, before } = buyer;
  const paths = products.map((product) => [product.id, breadcrumbs(product, settings.locale)] as const);
  const context = { settings, breadcrumbs: new Map(paths), historyEnds };
  const events = toEvents({ profile, about, context });
  return [...before, ...events.map((event) => ({ kind: 'createEvent', ...event }) as const)];
}

/**
 * Returns up to when what a message tells is history, in milliseconds since the epoch; NaN, which nothing is before, when the
 * message has no time.
 */
export const endOfHistory = ({ createdAt }: Message, { orders }: Settings): number =>
  Date.parse(String(createdAt)) - orders.backfillAfterHours * 3_600_000;
