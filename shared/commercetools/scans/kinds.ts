import type { Settings } from '../../config/settings.ts';
import type { CommercetoolsClient } from '../client.ts';
import { WITH_ANCESTORS } from '../readers/categories.ts';
import { groupExpansion } from '../readers/customers.ts';
import { orderWithPaymentsSchema, type PaidOrder, toPaidOrder, WITH_PAYMENTS } from '../readers/orders.ts';
import { productProjections } from '../readers/product-projections.ts';
import { type Category, categorySchema } from '../resources/category.ts';
import { type Customer, customerSchema } from '../resources/customer.ts';
import { type Payment, paymentSchema } from '../resources/payment.ts';
import type { ModularProduct } from '../resources/product.ts';
import { foundSchema, type Kind } from './scanner.ts';

/** Returns how each kind of resource is read: with what live traffic reads with it. */
export function scannedKinds(client: CommercetoolsClient, settings: Settings) {
  const { api, query } = client;
  const withGroups = groupExpansion();
  const { schema, projection, complete, modular } = productProjections(client, settings);
  // Nobody asks for payments then, and the API client may not see them.
  const payments = settings.handlers.disabled.includes('refund') ? {} : WITH_PAYMENTS;

  const categories: Kind<Category> = {
    what: 'category',
    size: 500,
    schema: categorySchema,
    read: (page) =>
      query('categories', foundSchema, api.categories().get({ queryArgs: { ...page, ...WITH_ANCESTORS } })),
  };
  /** One with many variants, their prices and its categories may take 100 KB. */
  const products: Kind<ModularProduct> = {
    what: 'product',
    size: 100,
    schema,
    read: (page) =>
      query('products', foundSchema, api.productProjections().get({ queryArgs: { ...page, ...projection } })),
  };
  const customers: Kind<Customer> = {
    what: 'customer',
    size: 500,
    schema: customerSchema,
    read: (page) =>
      withGroups((groups) =>
        query('customers', foundSchema, api.customers().get({ queryArgs: { ...page, ...groups } })),
      ),
  };
  /** One takes 15 KB, and several times that until its events are made: the collector copies what outlives its next run. */
  const orders: Kind<PaidOrder> = {
    what: 'order',
    size: 100,
    schema: orderWithPaymentsSchema.transform(toPaidOrder),
    read: (page) => query('orders', foundSchema, api.orders().get({ queryArgs: { ...page, ...payments } })),
  };
  const refunds: Kind<Payment> = {
    what: 'payment',
    size: 500,
    schema: paymentSchema,
    read: (page) => query('payments', foundSchema, api.payments().get({ queryArgs: { ...page } })),
  };
  return {
    categories,
    products: { ...products, complete, isModular: modular !== undefined },
    customers,
    orders,
    refunds,
  };
}
