import type { Configuration } from '../config/environment.ts';
import { categoryReader } from './categories.ts';
import { createCommercetoolsClient } from './client.ts';
import { customerReader } from './customers.ts';
import { inventoryReader } from './inventory.ts';
import { orderReader } from './orders.ts';
import { paymentReader } from './payments.ts';
import { productReader } from './products.ts';

/**
 * The readers of a commercetools project, one a resource. All of them throw RetryableError, CredentialsError or
 * PermanentError when commercetools fails, and InvalidMessageError when a resource lacks what the mapping needs.
 */
export function createCommercetools({ commercetools, settings }: Pick<Configuration, 'commercetools' | 'settings'>) {
  const client = createCommercetoolsClient(commercetools, settings.limits.requestSeconds * 1000);
  return {
    customers: customerReader(client),
    orders: orderReader(client),
    payments: paymentReader(client),
    categories: categoryReader(client),
    products: productReader(client, settings),
    inventory: inventoryReader(client),
  };
}

/** What a handler may read. */
export type Commercetools = ReturnType<typeof createCommercetools>;
