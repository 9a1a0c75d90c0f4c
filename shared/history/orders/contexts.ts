import type { Order } from '../../commercetools/resources/order.ts';
import { readOptional } from '../../handlers/optional-scope.ts';
import { breadcrumbsOf } from '../../mappers/catalog/category.ts';
import { countedCodes, type OrderContext } from '../../mappers/orders/context.ts';
import type { History } from '../history.ts';

/** All of it is history. */
const HISTORY_ENDS = Number.POSITIVE_INFINITY;

/** Returns what the events of an order need beyond the order. */
export type ContextOf = (order: Order) => OrderContext;

/**
 * Returns the function that reads what the events of some orders need: a few requests for a page of orders. Discount codes are left out
 * where the API client may not see them.
 */
export function createContexts({ commercetools, settings, patience, progress }: History) {
  const warn = (text: string) => progress.say('orders', text);
  let mayReadCodes = true;

  async function readCodes(orders: readonly Order[]): Promise<ReadonlyMap<string, string>> {
    const ids = orders.flatMap(countedCodes);
    if (ids.length === 0 || !mayReadCodes) return new Map();
    const reading = patience.persist(() => commercetools.discountCodes.byIds(ids));
    const codes = await readOptional(reading, 'view_discount_codes', 'the discount codes are left out', { warn });
    mayReadCodes = codes !== undefined;
    return codes ?? new Map();
  }

  return async (orders: readonly Order[]): Promise<ContextOf> => {
    const productIds = orders.flatMap(({ lineItems }) => lineItems.map(({ productId }) => productId));
    const [products, codes] = await Promise.all([
      patience.persist(() => commercetools.products.withCategories(productIds)),
      readCodes(orders),
    ]);
    const breadcrumbs = breadcrumbsOf(products, settings.locale);
    return (order) => {
      const discountCodes = countedCodes(order).flatMap((id) => codes.get(id) ?? []);
      return { settings, breadcrumbs, discountCodes, historyEnds: HISTORY_ENDS };
    };
  };
}
