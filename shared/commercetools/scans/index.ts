import pMap from 'p-map';
import type { Configuration } from '../../config/environment.ts';
import { createCommercetoolsClient } from '../client.ts';
import { chunksOf, IDS_A_QUERY } from '../readers/pages.ts';
import type { Product } from '../resources/product.ts';
import { scannedKinds } from './kinds.ts';
import { all, asked, changed, created, OWNED, PARTS, paidBy, refunded, served } from './predicates.ts';
import { createScanner, type ScanOptions } from './scanner.ts';
import type { Scans, Span } from './scans.ts';

/**
 * Returns scans of a project. Two calls are under way at first, and up to 16, for all scans together. A scan that is a page ahead of
 * whoever takes its pages waits: a few pages are in memory at any time.
 *
 * The scans throw what `patience` throws, and InvalidMessageError for a resource that lacks what the mapping needs, unless
 * `onMalformed` takes it.
 *
 * @example for await (const page of createScans(configuration, { patience }).customers()) …
 */
export function createScans(
  { commercetools, settings }: Pick<Configuration, 'commercetools' | 'settings'>,
  options: ScanOptions,
): Scans {
  const client = createCommercetoolsClient(commercetools, settings.limits.requestSeconds * 1000);
  const { ask, scan } = createScanner(options);
  const kinds = scannedKinds(client, settings);
  const { api } = client;
  const COUNT = { limit: 0, withTotal: true };

  /** A project as a whole in parts; what was changed lately is little, and not worth so many queries. */
  const parts = (span: Span | undefined) => (span ? [all(changed(span))] : PARTS);

  /** A product of the Modular Catalog none of whose variants is published is left out, as live traffic waits for one. */
  async function completed(page: Parameters<typeof kinds.products.complete>[0][]): Promise<Product[]> {
    const { complete, isModular } = kinds.products;
    const products = await pMap(page, (found) => (isModular ? ask(() => complete(found)) : complete(found)), {
      concurrency: 4,
    });
    return products.filter((product) => product !== undefined);
  }

  return {
    async counts() {
      const count = (what: string, request: Parameters<typeof client.count>[1]) =>
        ask(() => client.count(what, request));
      const [categories, products, customers, orders] = await Promise.all([
        count('categories', api.categories().get({ queryArgs: COUNT })),
        count('products', api.productProjections().get({ queryArgs: { ...COUNT, staged: false } })),
        count('customers', api.customers().get({ queryArgs: COUNT })),
        count('orders', api.orders().get({ queryArgs: COUNT })),
      ]);
      return { categories, products, customers, orders };
    },

    countOrders(predicate) {
      const { where, variables } = all(asked(predicate), served(settings), OWNED);
      return ask(() => client.count('orders', api.orders().get({ queryArgs: { where, ...variables, ...COUNT } })));
    },

    categories: (span) => scan(kinds.categories, all(changed(span))),

    async *products(span) {
      for await (const page of scan(kinds.products, ...parts(span))) yield await completed(page);
    },

    customers: (by = {}) => scan(kinds.customers, ...parts(by.changed).map((part) => all(part, created(by.created)))),

    orders: (predicate) => scan(kinds.orders, all(asked(predicate), served(settings))),

    refundedPayments: (states, span) => scan(kinds.refunds, ...parts(span).map((part) => all(part, refunded(states)))),

    async ordersOfPayments(ids) {
      const chunks = chunksOf([...new Set(ids)], IDS_A_QUERY).map((chunk) => all(paidBy(chunk), served(settings)));
      const pages = await Array.fromAsync(scan(kinds.orders, ...chunks));
      return [...new Map(pages.flat().map((paid) => [paid.order.id, paid])).values()];
    },
  };
}
