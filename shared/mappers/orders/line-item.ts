import type { LineItem, Order } from '../../commercetools/resources/order.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { localize } from '../localized.ts';
import { majorUnits, shareOf } from '../money.ts';
import { productUrl } from '../product-url.ts';
import { imageUrl, variantId } from '../variant.ts';
import { brandsOf } from './brand.ts';
import { type OrderContext, orderedAt, orderId, timed } from './context.ts';

const describe = (lineItem: LineItem, { settings, breadcrumbs }: OrderContext) => ({
  ProductID: lineItem.productId,
  SKU: variantId(lineItem.productId, lineItem.variant),
  ProductName: localize(lineItem.name, settings.locale),
  Quantity: lineItem.quantity,
  ProductURL: productUrl(
    { id: lineItem.productId, key: lineItem.productKey, slug: lineItem.productSlug, sku: lineItem.variant.sku },
    settings,
  ),
  ImageURL: imageUrl(lineItem.variant),
  Categories: breadcrumbs.get(lineItem.productId) ?? [],
  ItemPrice: majorUnits(lineItem.price.discounted?.value ?? lineItem.price.value),
  RowTotal: majorUnits(lineItem.totalPrice),
});

/**
 * Returns a line item as an entry of an order event's `Items`; prices in major units.
 *
 * @param pieces how many of them the event is about; all by default
 */
export const toOrderLine = (lineItem: LineItem, context: OrderContext, pieces = lineItem.quantity) => ({
  ...describe(lineItem, context),
  Quantity: pieces,
  RowTotal: majorUnits(shareOf(lineItem.totalPrice, pieces, lineItem.quantity)),
  Brand: brandsOf(lineItem, context.settings)[0],
});

/** Returns `Ordered Product` of a line item. */
export function toOrderedProduct(
  lineItem: LineItem,
  order: Order,
  profile: ProfileReference,
  context: OrderContext,
): EventWrite {
  const [ProductBrand] = brandsOf(lineItem, context.settings);
  const standard = { OrderId: orderId(order), ...describe(lineItem, context), ...(ProductBrand && { ProductBrand }) };
  const { properties, trimmed } = fitProperties(standard, lineItem);
  const event = {
    metric: context.settings.metrics.orderedProduct,
    profile,
    uniqueId: lineItem.id,
    ...timed(orderedAt(order), context),
    value: majorUnits(lineItem.totalPrice),
    valueCurrency: lineItem.totalPrice.currencyCode,
    properties,
  };
  return { event, trimmed };
}
