import type { LineItem, Order } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import type { Event, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { localize } from '../localized.ts';
import { majorUnits } from '../money.ts';
import { productUrl } from '../product-url.ts';
import { variantId } from '../variant.ts';

/** What an order's events know beyond the order itself. */
export interface OrderContext {
  settings: Settings;
  /** Breadcrumbs by product id; a product that is gone has none. */
  categories: ReadonlyMap<string, string[]>;
  /** Told the names of properties that were cut to keep Klaviyo's limits. */
  onTrimmed(names: string[]): void;
}

/** The number that people know an order by. */
export const orderId = ({ orderNumber, id }: Order): string => orderNumber || id;

const describe = (lineItem: LineItem, { settings, categories }: OrderContext) => ({
  ProductID: lineItem.productId,
  SKU: variantId(lineItem.productId, lineItem.variant),
  ProductName: localize(lineItem.name, settings.locale),
  Quantity: lineItem.quantity,
  ProductURL: productUrl(
    { id: lineItem.productId, key: lineItem.productKey, slug: lineItem.productSlug, sku: lineItem.variant.sku },
    settings,
  ),
  ImageURL: lineItem.variant.images[0]?.url,
  Categories: categories.get(lineItem.productId) ?? [],
});

/** A line item as an entry of an order event's `Items`; prices in major units. */
export const toEventItem = (lineItem: LineItem, context: OrderContext) => ({
  ...describe(lineItem, context),
  ItemPrice: majorUnits(lineItem.price.discounted?.value ?? lineItem.price.value),
  RowTotal: majorUnits(lineItem.totalPrice),
});

/** `Ordered Product` of a line item, a second after its order, so that a flow sees the order first. */
export function toOrderedProduct(
  lineItem: LineItem,
  order: Order,
  profile: ProfileReference,
  context: OrderContext,
): Event {
  const standard = { OrderId: orderId(order), ...describe(lineItem, context) };
  const { properties, trimmed } = fitProperties(standard, lineItem);
  context.onTrimmed(trimmed);
  return {
    metric: context.settings.metrics.orderedProduct,
    profile,
    uniqueId: lineItem.id,
    time: new Date(Date.parse(order.createdAt) + 1000).toISOString(),
    value: majorUnits(lineItem.totalPrice),
    valueCurrency: lineItem.totalPrice.currencyCode,
    properties,
  };
}
