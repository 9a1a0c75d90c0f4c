import { warn } from '../../attempt.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import type { Event, ProfileReference, Write } from '../../klaviyo/writes.ts';
import { breadcrumbs } from '../../mappers/catalog/category.ts';
import { toProfileReference } from '../../mappers/customers/profile.ts';
import type { OrderContext } from '../../mappers/orders/line-item.ts';
import { type PlanContext, warnTrimmed } from '../handler.ts';

/**
 * Plans events of an order, after reading what they tell beyond the order: the breadcrumbs of its products, those that
 * are still published. Nothing is planned for an order that belongs to nobody.
 */
export async function orderEvents(
  order: Order,
  { commercetools, settings }: PlanContext,
  toEvents: (profile: ProfileReference, orderContext: OrderContext) => Event[],
): Promise<Write[]> {
  const profile = toProfileReference(order);
  if (!profile) {
    warn('the order has neither an e-mail address nor a customer');
    return [];
  }
  const products = await commercetools.products.categories(order.lineItems.map(({ productId }) => productId));
  const orderContext = {
    settings,
    categories: new Map(products.map((product) => [product.id, breadcrumbs(product, settings.locale)])),
    onTrimmed: warnTrimmed,
  };
  return toEvents(profile, orderContext).map((event) => ({ kind: 'createEvent', event }));
}
