import type { Selection } from './schemas.ts';

/** What we put into the properties of events ourselves; an order's own property of that name gives way. */
export const STANDARD_PROPERTIES: readonly string[] = [
  ...['OrderId', 'ItemNames', 'ItemCount', 'Categories', 'Brands', 'Items'],
  ...['Currency', 'Country', 'Locale', 'StoreKey', 'Origin', 'CustomerType', 'IsRecurring', 'RecurringOrderId'],
  ...['DiscountCodes', 'DiscountCode', 'DiscountValue', 'ShippingValue', 'TaxValue', 'Reason'],
  ...['BillingAddress', 'ShippingAddress', 'Brand', 'ProductBrand'],
  ...['ProductID', 'SKU', 'ProductName', 'Quantity', 'ItemPrice', 'RowTotal', 'ProductURL', 'ImageURL'],
  ...['TrackingCompany', 'TrackingNumber', 'TrackingNumbers', 'TrackingURL', 'Fulfillment'],
  ...['ShipmentStatus', 'FulfillmentStatus', 'HasPartialFulfillments'],
];

/**
 * Returns what is wrong with the names under which properties are sent: two that share one name, of which Klaviyo would get
 * either, and one that takes a name of ours, which Klaviyo would never get. Undefined when nothing is.
 *
 * @param selections of properties that are sent side by side
 */
export function clash(selections: readonly Selection[], reserved: readonly string[] = []): string | undefined {
  const sent = selections.flatMap(({ include, exclude, map }) =>
    [...new Set(include ?? Object.keys(map))]
      .filter((from) => !exclude.includes(from))
      .map((from) => ({ name: (Object.hasOwn(map, from) && map[from]) || from, isRenamed: Object.hasOwn(map, from) })),
  );
  const renamed = sent.filter(({ isRenamed }) => isRenamed).map(({ name }) => name);
  const twice = renamed.find((one) => sent.filter(({ name }) => name === one).length > 1);
  if (twice) return `two properties would have the name ${twice}`;
  const taken = renamed.find((name) => reserved.includes(name));
  return taken && `the name ${taken} is taken by a property of our own`;
}
