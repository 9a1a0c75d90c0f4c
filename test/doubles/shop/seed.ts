import { readFileSync } from 'node:fs';
import type {
  Cart,
  Category,
  Channel,
  Customer,
  CustomerGroup,
  CustomObject,
  DiscountCode,
  InventoryEntry,
  Order,
  Payment,
  Product,
  Review,
  StandalonePrice,
  Type,
} from '@commercetools/platform-sdk';

/** The resources that the shop holds, by commercetools' `typeId`. */
export interface Resources {
  cart: Cart;
  category: Category;
  channel: Channel;
  customer: Customer;
  'discount-code': DiscountCode;
  'customer-group': CustomerGroup;
  'inventory-entry': InventoryEntry;
  'key-value-document': CustomObject;
  order: Order;
  payment: Payment;
  product: Product;
  review: Review;
  'standalone-price': StandalonePrice;
  type: Type;
}

/** A `typeId` that the shop knows. */
export type TypeId = keyof Resources;

const FILES: Record<TypeId, string> = {
  cart: 'carts',
  category: 'categories',
  channel: 'channels',
  customer: 'customers',
  'discount-code': 'discount-codes',
  'customer-group': 'customer-groups',
  'inventory-entry': 'inventory',
  'key-value-document': 'custom-objects',
  order: 'orders',
  payment: 'payments',
  product: 'products',
  review: 'reviews',
  'standalone-price': 'standalone-prices',
  type: 'types',
};

/** Every `typeId` that the shop knows. */
export const TYPE_IDS = Object.keys(FILES) as TypeId[];

/** Gives the seeded resources of one type, from test/fixtures/shop. A fresh copy each time. */
export function seeded<T extends TypeId>(typeId: T): Resources[T][] {
  return JSON.parse(readFileSync(new URL(`../../fixtures/shop/${FILES[typeId]}.json`, import.meta.url), 'utf8'));
}
