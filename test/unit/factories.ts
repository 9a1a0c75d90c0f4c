import { type Category, categorySchema } from '../../shared/commercetools/resources/category.ts';
import type { Money } from '../../shared/commercetools/resources/common.ts';
import { type Customer, customerSchema } from '../../shared/commercetools/resources/customer.ts';
import { type LineItem, type Order, orderSchema } from '../../shared/commercetools/resources/order.ts';
import { type Product, productSchema, type Variant } from '../../shared/commercetools/resources/product.ts';

/** Fields that a factory takes in place of its own. */
export type Fields = Record<string, unknown>;

/** An amount in minor units. */
export const money = (centAmount: number, currencyCode = 'EUR', fractionDigits = 2): Money => ({
  type: 'centPrecision',
  currencyCode,
  centAmount,
  fractionDigits,
});

/** A price in minor units, as an entry of a variant's `prices`. */
export const price = (centAmount: number, currencyCode = 'EUR', fields: Fields = {}): Fields => ({
  value: money(centAmount, currencyCode),
  ...fields,
});

/** A variant with a SKU and nothing else. */
export const variant = (fields: Fields = {}): Variant =>
  productSchema.shape.masterVariant.parse({ id: 1, sku: 'SKU-1', ...fields });

/** A published product with one variant. */
export const product = (fields: Fields = {}): Product =>
  productSchema.parse({
    id: 'product-1',
    version: 3,
    key: 'jeans',
    name: { 'en-GB': 'Jeans', 'de-DE': 'Hose' },
    slug: { 'en-GB': 'jeans', 'de-DE': 'hose' },
    masterVariant: { id: 1, sku: 'SKU-1' },
    ...fields,
  });

/** A category without a parent. */
export const category = (fields: Fields = {}): Category =>
  categorySchema.parse({ id: 'women', name: { 'en-GB': 'Women', 'de-DE': 'Damen' }, ...fields });

/** A customer with an e-mail address only. */
export const customer = (fields: Fields = {}): Customer =>
  customerSchema.parse({ id: 'customer-1', email: 'lena@example.org', ...fields });

/** Two pieces at 49.99 EUR of a variant. */
export const lineItem = (fields: Fields = {}): LineItem =>
  orderSchema.shape.lineItems.out.element.parse({
    id: 'line-1',
    productId: 'product-1',
    name: { 'en-GB': 'Jeans', 'de-DE': 'Hose' },
    variant: { id: 1, sku: 'SKU-1' },
    price: { value: money(4999) },
    quantity: 2,
    totalPrice: money(9998),
    ...fields,
  });

/** An open order of a customer, with one line item. */
export const order = (fields: Fields = {}): Order =>
  orderSchema.parse({
    id: 'order-1',
    orderNumber: '1001',
    createdAt: '2026-05-04T18:21:07.512Z',
    orderState: 'Open',
    customerId: 'customer-1',
    customerEmail: 'lena@example.org',
    totalPrice: money(10488),
    lineItems: [lineItem()],
    ...fields,
  });
