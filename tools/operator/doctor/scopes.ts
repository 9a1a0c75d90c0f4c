import type { CommercetoolsClient } from '../../../shared/commercetools/client.ts';

const ONE = { queryArgs: { limit: 1 } };
type Probe = (api: CommercetoolsClient['api']) => { execute(): Promise<{ body: unknown }> };

/** The cheapest request that needs a scope of commercetools. */
export const PROBES = {
  view_customers: (api) => api.customers().get(ONE),
  view_orders: (api) => api.orders().get(ONE),
  view_payments: (api) => api.payments().get(ONE),
  view_products: (api) => api.inventory().get(ONE),
  view_published_products: (api) => api.productProjections().get({ queryArgs: { limit: 1, staged: false } }),
  view_standalone_prices: (api) => api.standalonePrices().get(ONE),
  view_customer_groups: (api) => api.customerGroups().get(ONE),
  view_discount_codes: (api) => api.discountCodes().get(ONE),
  view_key_value_documents: (api) => api.customObjects().get(ONE),
  view_shopping_lists: (api) => api.shoppingLists().get(ONE),
  // That it may write as well shows only when it does.
  manage_key_value_documents: (api) => api.customObjects().get(ONE),
  view_types: (api) => api.types().get(ONE),
} satisfies Record<string, Probe>;

/** A scope that can be tried. */
export type Scope = keyof typeof PROBES;
