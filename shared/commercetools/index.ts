import type * as z from 'zod';
import type { Configuration } from '../config/environment.ts';
import { createCommercetoolsClient } from './client.ts';
import { cartReader } from './readers/carts.ts';
import { categoryReader } from './readers/categories.ts';
import { customerReader } from './readers/customers.ts';
import { discountCodeReader } from './readers/discount-codes.ts';
import { inventoryReader } from './readers/inventory.ts';
import { orderReader } from './readers/orders.ts';
import { paymentReader } from './readers/payments.ts';
import { productReader } from './readers/products.ts';
import { reviewReader } from './readers/reviews.ts';
import { standalonePriceReader } from './readers/standalone-prices.ts';
import { typeReader } from './readers/types.ts';

/**
 * The readers of a commercetools project, one a resource. All of them throw RetryableError, CredentialsError or
 * PermanentError when commercetools fails, and InvalidMessageError when a resource lacks what the mapping needs.
 */
export function createCommercetools({ commercetools, settings }: Pick<Configuration, 'commercetools' | 'settings'>) {
  const client = createCommercetoolsClient(commercetools, settings.limits.requestSeconds * 1000);
  return {
    customers: customerReader(client),
    discountCodes: discountCodeReader(client),
    orders: orderReader(client),
    payments: paymentReader(client),
    carts: cartReader(client),
    categories: categoryReader(client),
    products: productReader(client, settings),
    standalonePrices: standalonePriceReader(client),
    inventory: inventoryReader(client, settings),
    reviews: reviewReader(client),
    types: typeReader(client),
    /**
     * Reads what we do not read ourselves, for an extension: by its path below the project, such as `custom-objects/loyalty/42`. Returns
     * undefined when commercetools says that it does not exist.
     */
    read: <S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined> =>
      client.read(path.split('?')[0] ?? '', schema, client.get(path)),
  };
}

/** What a handler may read. */
export type Commercetools = ReturnType<typeof createCommercetools>;
