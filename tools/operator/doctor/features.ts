import { CHANNELS } from '../../../shared/config/settings/consent.ts';
import { HANDLER_NAMES } from '../../../shared/config/settings/handlers.ts';
import type { Settings } from '../../../shared/config/settings.ts';
import { tellsGroups } from '../../../shared/mappers/customers/properties.ts';
import type { Feature } from './feature.ts';

const EVENT = ['profiles:read', 'profiles:write', 'events:write'] as const;
const CATALOG = ['catalogs:read', 'catalogs:write'] as const;
const OF_PRODUCT = ['view_products', 'view_published_products'] as const;
const OF_ORDER = ['view_orders', 'view_customers', 'view_published_products'] as const;

const DISCOUNT_CODES = {
  scope: 'view_discount_codes',
  without: 'events of orders do not name their discount codes',
} as const;

/** All that the sync does, a line each. */
export const FEATURES: readonly Feature[] = [
  {
    name: 'profiles of customers',
    handlers: ['customer'],
    commercetools: ['view_customers'],
    optional: [{ scope: 'view_types', without: 'the custom fields of a former type are not cleared' }],
    klaviyo: ['profiles:read', 'profiles:write'],
  },
  {
    name: 'groups of customers',
    handlers: ['customer'],
    isWanted: tellsGroups,
    commercetools: [],
    optional: [{ scope: 'view_customer_groups', without: 'profiles do not tell the names of groups' }],
    klaviyo: [],
  },
  {
    name: 'erasure of profiles',
    handlers: ['erasure'],
    isWanted: ({ customers }) => customers.onDelete !== 'keep',
    commercetools: ['view_customers'],
    klaviyo: ['profiles:read', 'data-privacy:write'],
  },
  {
    name: 'consent',
    handlers: ['customer', 'order-placed'],
    isWanted: ({ consent }) => CHANNELS.some((channel) => consent[channel] !== undefined),
    commercetools: ['view_customers'],
    klaviyo: ['profiles:read', 'profiles:write', 'lists:read', 'lists:write', 'subscriptions:write'],
  },
  {
    name: 'placed orders',
    handlers: ['order-placed'],
    commercetools: OF_ORDER,
    optional: [DISCOUNT_CODES],
    klaviyo: EVENT,
    mapped: { revenue: 'placedOrder', ordered_product: 'orderedProduct' },
  },
  {
    name: 'fulfilled and cancelled orders',
    handlers: ['order-state', 'shipment-state'],
    commercetools: OF_ORDER,
    optional: [DISCOUNT_CODES],
    klaviyo: EVENT,
    mapped: { cancelled_sales: 'cancelledOrder' },
  },
  {
    name: 'refunds',
    handlers: ['refund'],
    commercetools: ['view_payments', ...OF_ORDER],
    optional: [DISCOUNT_CODES],
    klaviyo: EVENT,
    mapped: { refunded_sales: 'refundedOrder' },
  },
  {
    name: 'shipments and returns',
    handlers: ['shipment', 'delivery', 'shipment-state', 'return', 'return-state'],
    commercetools: OF_ORDER,
    optional: [DISCOUNT_CODES],
    klaviyo: EVENT,
  },
  { name: 'categories and products', handlers: ['category', 'product'], commercetools: OF_PRODUCT, klaviyo: CATALOG },
  {
    name: 'Standalone prices',
    handlers: ['standalone-price'],
    commercetools: ['view_standalone_prices', ...OF_PRODUCT],
    klaviyo: CATALOG,
  },
  {
    name: 'dates of Standalone prices',
    handlers: ['price-dates'],
    isWanted: ({ prices }) => prices.watchDates,
    commercetools: ['view_standalone_prices', ...OF_PRODUCT],
    klaviyo: CATALOG,
  },
  {
    name: 'carts that were left',
    handlers: ['checkout-started'],
    isWanted: ({ checkouts }) => checkouts.urlTemplate !== undefined,
    commercetools: OF_ORDER,
    klaviyo: EVENT,
    mapped: { started_checkout: 'startedCheckout' },
  },
  { name: 'stock', handlers: ['inventory'], commercetools: ['view_products'], klaviyo: CATALOG },
  { name: 'ratings', handlers: ['review'], commercetools: OF_PRODUCT, klaviyo: CATALOG },
  {
    name: 'reviews of customers',
    handlers: ['review'],
    isWanted: ({ reviews }) => reviews.events,
    commercetools: ['view_products', 'view_customers'],
    klaviyo: EVENT,
  },
  {
    name: 'dead letters of commercetools Connect',
    handlers: HANDLER_NAMES,
    isWanted: ({ deadLetters }) => deadLetters.container !== undefined,
    commercetools: ['manage_key_value_documents'],
    klaviyo: [],
  },
];

/** Returns the features that are switched on. */
export const switchedOn = (settings: Settings, features = FEATURES): Feature[] =>
  features.filter(
    ({ handlers, isWanted = () => true }) =>
      handlers.some((name) => !settings.handlers.disabled.includes(name)) && isWanted(settings),
  );

/** Returns what features need, each need with the names of those that need it: sorted by need. */
export function needsOf<T extends string>(
  features: readonly Feature[],
  needs: (feature: Feature) => readonly T[],
): [need: T, names: string][] {
  const pairs = features.flatMap((feature) => needs(feature).map((need) => ({ need, name: feature.name })));
  return [...Map.groupBy(pairs, ({ need }) => need)]
    .map(([need, group]): [T, string] => [need, [...new Set(group.map(({ name }) => name))].join(', ')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
