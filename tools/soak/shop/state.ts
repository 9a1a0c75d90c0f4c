import type {
  Cart,
  Category,
  Customer,
  InventoryEntry,
  Order,
  Payment,
  Product,
  Review,
  StandalonePrice,
} from '@commercetools/platform-sdk';
import type { HandlerName } from '../../../shared/config/settings/handlers.ts';
import type { Piece } from './order-parts.ts';

/** A fact of an order that has to become one event. */
export interface Fact {
  kind: HandlerName;
  metric: string;
  uniqueId: string;
  orderId: string;
  /** ISO 8601. */
  time: string;
  /** Of the event's value, in cents. */
  cents: number;
  /** What of the order it is about; all of it by default. */
  lines?: readonly Piece[];
  /** What the event has beside what every event of an order has, by the order as it was when the event was made. */
  properties?(order: Order): Record<string, unknown>;
}

/** As much of a cart as is looked at. */
export type SoakCart = Pick<Cart, 'id' | 'version' | 'lastModifiedAt' | 'cartState' | 'totalPrice' | 'lineItems'> &
  Partial<Cart>;

/** Everything in the shop, and of its past what may rightly be found in Klaviyo. */
export interface ShopState {
  customers: Map<string, Customer>;
  orders: Map<string, Order>;
  payments: Map<string, Payment>;
  carts: Map<string, SoakCart>;
  categories: Map<string, Category>;
  products: Map<string, Product>;
  inventory: Map<string, InventoryEntry>;
  standalonePrices: Map<string, StandalonePrice>;
  reviews: Map<string, Review>;
  /** Every state that an order has been in, by its id. */
  pastOrders: Map<string, Order[]>;
  /** Breadcrumbs that a product has ever had, each list as JSON. */
  pastBreadcrumbs: Map<string, Set<string>>;
  facts: Fact[];
  /** Former customers, by id, whom Klaviyo knows at first and who are to be erased. */
  leavers: string[];
  putOrder(order: Order): void;
  /** Remembers the breadcrumbs as they are now. */
  rememberBreadcrumbs(): void;
  /** `Women > Pants`, in the preferred locale. */
  breadcrumb(category: Category): string;
}

/** The locale that the function prefers. */
export const LOCALE = 'en-GB';

/** Gives an empty shop. */
export function createState(): ShopState {
  const categories = new Map<string, Category>();
  const products = new Map<string, Product>();
  const orders = new Map<string, Order>();
  const pastOrders = new Map<string, Order[]>();
  const pastBreadcrumbs = new Map<string, Set<string>>();

  function path(category: Category): Category[] {
    const parent = category.parent && categories.get(category.parent.id);
    return parent ? [...path(parent), category] : [category];
  }

  const breadcrumb = (category: Category): string =>
    path(category)
      .map(({ name }) => name[LOCALE])
      .join(' > ');

  function breadcrumbs({ masterData }: Product): string[] {
    if (!masterData.published) return [];
    const own = masterData.current.categories.flatMap(({ id }) => categories.get(id) ?? []);
    return [...new Map(own.flatMap(path).map((category) => [category.id, breadcrumb(category)])).values()];
  }

  return {
    customers: new Map(),
    orders,
    payments: new Map(),
    carts: new Map(),
    categories,
    products,
    inventory: new Map(),
    standalonePrices: new Map(),
    reviews: new Map(),
    pastOrders,
    pastBreadcrumbs,
    facts: [],
    leavers: [],
    putOrder(order) {
      orders.set(order.id, order);
      pastOrders.set(order.id, [...(pastOrders.get(order.id) ?? []), order]);
    },
    rememberBreadcrumbs() {
      for (const product of products.values()) {
        const past = pastBreadcrumbs.get(product.id) ?? new Set();
        pastBreadcrumbs.set(product.id, past.add(JSON.stringify(breadcrumbs(product))));
      }
      // A product that is gone has none.
      for (const [id, past] of pastBreadcrumbs) if (!products.has(id)) past.add('[]');
    },
    breadcrumb,
  };
}
