import type { Order } from '../../commercetools/resources/order.ts';
import type { EventWrite, ProfileReference, Write } from '../../klaviyo/writes.ts';
import { breadcrumbs } from '../../mappers/catalog/category.ts';
import { toProfileReference } from '../../mappers/orders/buyer.ts';
import type { OrderContext } from '../../mappers/orders/context.ts';
import type { PlanContext } from '../handler.ts';

/** An order and what its events need beyond it. */
interface EventSources {
  /** Whose events they are. */
  profile: ProfileReference;
  context: OrderContext;
}

/**
 * Reads what the events of an order need beyond the order: the breadcrumbs of those of its products that are still
 * published. Undefined, with a warning, for an order that belongs to nobody.
 */
async function sourcesOf(
  order: Order,
  { commercetools, settings, warn }: PlanContext,
): Promise<EventSources | undefined> {
  const profile = toProfileReference(order);
  if (!profile) {
    warn('the order has neither an e-mail address nor a customer');
    return undefined;
  }
  const products = await commercetools.products.withCategories(order.lineItems.map(({ productId }) => productId));
  const paths = products.map((product) => [product.id, breadcrumbs(product, settings.locale)] as const);
  return { profile, context: { settings, breadcrumbs: new Map(paths) } };
}

/** Plans events of an order; none for an order that belongs to nobody. */
export async function orderEvents(
  order: Order,
  context: PlanContext,
  toEvents: (sources: EventSources) => EventWrite[],
): Promise<Write[]> {
  const sources = await sourcesOf(order, context);
  return sources ? toEvents(sources).map((event) => ({ kind: 'createEvent', ...event })) : [];
}
