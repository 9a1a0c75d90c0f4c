import type { Order } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';

/** What an order's events need beyond the order itself. */
export interface OrderContext {
  settings: Settings;
  /** Breadcrumbs of the categories by product id. A product that does not exist any more has none. */
  breadcrumbs: ReadonlyMap<string, string[]>;
}

/** Returns the number that people know an order by. */
export const orderId = ({ orderNumber, id }: Order): string => orderNumber || id;
