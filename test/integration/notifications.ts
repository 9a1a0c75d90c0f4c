import type { Customer, Order } from '@commercetools/platform-sdk';
import { fixture } from '../fixtures/index.ts';

export { idOf } from '../fixtures/ids.ts';

type Notification = Record<string, unknown>;
type TypeId = 'category' | 'customer' | 'inventory-entry' | 'order' | 'payment' | 'product' | 'standalone-price';

const about = (name: string, typeId: TypeId, id: string, more: object = {}): Notification => ({
  ...fixture(name),
  resource: { typeId, id },
  ...more,
});

/** ResourceUpdated of a customer. */
export const aboutCustomer = (id: string) => about('ResourceUpdated.customer', 'customer', id);

/** ResourceUpdated of this customer. */
export const updated = ({ id }: Customer) => aboutCustomer(id);

/** CustomerCreated with this customer in it. */
export const created = (customer: Customer) => about('CustomerCreated', 'customer', customer.id, { customer });

/** A message that says that something of a customer was set, and maybe emptied. */
export const customerSet = (type: string, { id }: Customer, payload: object) => about(type, 'customer', id, payload);

/** OrderCreated with this order in it. */
export const placed = (order: Order) => about('OrderCreated', 'order', order.id, { order });

/** OrderCustomerSet of an order. */
export const givenToCustomer = (orderId: string) => about('OrderCustomerSet', 'order', orderId);

/** OrderStateChanged of an order. */
export const stateChanged = (orderId: string, orderState: string, more: object = {}) =>
  about('OrderStateChanged.Complete', 'order', orderId, { orderId, orderState, ...more });

/** PaymentTransactionAdded with this transaction in it. */
export const transactionAdded = (paymentId: string, transaction: object) =>
  about('PaymentTransactionAdded', 'payment', paymentId, { transaction });

/** PaymentTransactionStateChanged of a transaction. */
export const transactionChanged = (paymentId: string, transactionId: string, state: string) =>
  about('PaymentTransactionStateChanged', 'payment', paymentId, { transactionId, state });

/** ResourceUpdated of a category. */
export const categoryUpdated = (id: string) => about('ResourceUpdated.category', 'category', id);

/** ResourceCreated of a category. */
export const categoryCreated = (id: string) => about('ResourceCreated.category', 'category', id);

/** ProductPublished of a product, its payload left out; of its first version, so that no seeded one lags behind it. */
export const published = (id: string, resourceVersion = 1) =>
  about('ProductPublished.payloadNotIncluded', 'product', id, { resourceVersion });

/** ProductUnpublished of a product. */
export const unpublished = (id: string, resourceVersion: number) =>
  about('ProductUnpublished', 'product', id, { resourceVersion });

/** ResourceUpdated of a product, after a change of what is published or not yet. */
export const productUpdated = (id: string, version = 1) => about('ResourceUpdated.product', 'product', id, { version });

/** ResourceUpdated of a Standalone price. */
export const priceUpdated = (id: string) => about('ResourceUpdated.standalone-price', 'standalone-price', id);

/** StandalonePriceDeleted of a SKU's price. */
export const priceDeleted = (id: string, sku: string) =>
  about('StandalonePriceDeleted', 'standalone-price', id, { sku });

/** ResourceUpdated of an inventory entry. */
export const stockChanged = (id: string, sku: string) =>
  about('ResourceUpdated.inventory-entry', 'inventory-entry', id, { resourceUserProvidedIdentifiers: { sku } });

/** ResourceDeleted of an inventory entry. */
export const stockDeleted = (id: string, sku: string | undefined) =>
  about('ResourceDeleted.inventory-entry', 'inventory-entry', id, { resourceUserProvidedIdentifiers: { sku } });

/** ResourceDeleted of a customer, by default with the erasure of personal data. */
export const customerDeleted = ({ id }: Customer, more: object = {}) =>
  about('ResourceDeleted.customer', 'customer', id, more);
