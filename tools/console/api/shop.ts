import type { ShopAction } from './shop-actions.ts';

/** `GET /api/shop?orders=N`: the shop as a merchant sees it, newest first; of orders the newest N, 50 by default. */
export interface ShopView {
  customers: ShopCustomer[];
  products: ShopProduct[];
  orders: ShopOrder[];
  /** Customer groups. */
  groups: { key: string; name: string }[];
  /** Discount codes, as buyers type them. */
  codes: string[];
  totals: { customers: number; products: number; orders: number };
}

/** A customer. */
export interface ShopCustomer {
  id: string;
  customerNumber?: string;
  email: string;
  firstName?: string;
  lastName?: string;
  phone?: string;
  city?: string;
  /** Whether the customer has agreed to the newsletter; undefined when there is no such field. */
  newsletter?: boolean;
  /** Key of the customer group. */
  group?: string;
  createdAt: number;
}

/** A product. */
export interface ShopProduct {
  id: string;
  key?: string;
  name: string;
  isPublished: boolean;
  /** Addresses of the shop's pictures, which lead nowhere on this machine. */
  images: string[];
  categories: string[];
  variants: ShopVariant[];
}

/** A variant of a product. */
export interface ShopVariant {
  sku: string;
  /** In the preferred currency; undefined when there is none. */
  price?: number;
  currency: string;
  /** Without a channel; undefined when stock is not tracked. */
  stock?: number;
}

/** An order. */
export interface ShopOrder {
  id: string;
  orderNumber: string;
  createdAt: number;
  email: string;
  /** Undefined for a guest. */
  customerId?: string;
  state: string;
  shipmentState?: string;
  total: number;
  currency: string;
  /** Succeeded refunds. */
  refunded: number;
  /** Discount codes that the buyer typed. */
  codes: string[];
  lines: ShopLine[];
  parcels: { id: string; carrier?: string; trackingId?: string }[];
  returns: { id: string; lineId: string; quantity: number; state: string }[];
  /** Which actions of an order make sense now. */
  actions: ShopAction[];
}

/** A line of an order, and how much of it has moved. */
export interface ShopLine {
  id: string;
  name: string;
  sku: string;
  quantity: number;
  total: number;
  shipped: number;
  returned: number;
}
