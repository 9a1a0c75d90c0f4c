import { HANDLER_NAMES } from '../../../shared/config/settings/handlers.ts';
import type { Extension } from '../../../shared/extension/extension.ts';
import type { Feature } from './feature.ts';
import type { Scope } from './scopes.ts';

/** The scope that reads what is subscribed to, by the type of the resource. */
const SCOPES: Readonly<Record<string, Scope>> = {
  category: 'view_products',
  customer: 'view_customers',
  'inventory-entry': 'view_products',
  'key-value-document': 'view_key_value_documents',
  order: 'view_orders',
  payment: 'view_payments',
  product: 'view_products',
  review: 'view_products',
  'shopping-list': 'view_shopping_lists',
  'standalone-price': 'view_standalone_prices',
};

/** Returns what the handlers of an extension do, with the scope of the resource of each. What else they read nobody knows. */
export const featuresOf = ({ handlers }: Pick<Extension, 'handlers'>): Feature[] =>
  handlers.flatMap(({ name, resource }) => {
    const scope = SCOPES[resource];
    const feature = { name: `the handler ${name} of the extension`, handlers: HANDLER_NAMES, klaviyo: [] };
    return scope ? { ...feature, commercetools: [scope] } : [];
  });
