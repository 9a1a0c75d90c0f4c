/** A line that is bought, or left in a cart. */
export interface WantedLine {
  sku: string;
  /** From 1; 1 when left out. */
  quantity?: number;
}

/** Who buys: a customer of the shop, or a guest by e-mail. */
export interface Buyer {
  customerId?: string;
  email?: string;
}

/** The body of `POST /api/shop/{action}`, by action. What is left out is chosen. */
export interface ShopRequests {
  'sign-up': { firstName?: string; lastName?: string; email?: string; newsletter?: boolean };
  /** Null empties. */
  'edit-customer': {
    customerId: string;
    firstName?: string | null;
    lastName?: string | null;
    email?: string;
    phone?: string | null;
    city?: string | null;
    newsletter?: boolean;
    /** Key of a customer group. */
    group?: string | null;
  };
  'delete-customer': { customerId: string; erasure: boolean };
  /** With a discount code that the buyer types, or none. */
  'place-order': Buyer & { lines?: WantedLine[]; code?: string };
  /** Everything that is left when there are no lines. */
  ship: { orderId: string; lines?: { lineId: string; quantity: number }[]; carrier?: string; trackingId?: string };
  deliver: { orderId: string };
  complete: { orderId: string };
  cancel: { orderId: string };
  /** The first line of which something is left, one piece, when left out. */
  return: { orderId: string; lineId?: string; quantity?: number };
  /** The oldest return that is on its way when left out. */
  'receive-return': { orderId: string; returnId?: string };
  /** What is left to refund when there is no amount. */
  refund: { orderId: string; amount?: number };
  'publish-product': { productId: string };
  'unpublish-product': { productId: string };
  'delete-product': { productId: string };
  'change-price': { sku: string; price: number };
  'change-stock': { sku: string; quantity: number };
  /** A shopper fills a cart and goes, and the schedule ticks when it looks for such carts. */
  'leave-cart': Buyer & { lines?: WantedLine[] };
  review: { productId: string; customerId?: string; rating: number; text?: string };
  /** Every category, published product and customer is told of, as after an import. */
  'publish-all': Record<string, never>;
  /** Everything as it was at the start: shop, Klaviyo, flow and dead letters. */
  reset: Record<string, never>;
}

/** The name of an action. */
export type ShopAction = keyof ShopRequests;

/** What an action did. */
export interface ShopAnswer {
  /** In a sentence: `Order 2026-2001 was placed.` */
  said: string;
  /** Of the notifications that were published. */
  messageIds: string[];
  /** Of the customer, order or product that it was about. */
  id?: string;
}
