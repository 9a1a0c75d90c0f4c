import type { Cart } from '../../commercetools/resources/cart.ts';
import type { EventWrite, ProfileReference } from '../../klaviyo/writes.ts';
import { fitProperties } from '../limits.ts';
import { majorUnits } from '../money.ts';
import { type OrderContext, timed } from '../orders/context.ts';
import { describeLines } from '../orders/order.ts';
import { fillTemplate } from '../url-template.ts';

/**
 * Returns `Started Checkout` of a cart: one for each day, in UTC, on which it was left. `CheckoutURL` is missing if the cart lacks a
 * part that the template names.
 */
export function toStartedCheckout(cart: Cart, profile: ProfileReference, context: OrderContext): EventWrite {
  const { settings } = context;
  const { id, customerId, lastModifiedAt, totalPrice, country, locale, store } = cart;
  const time = new Date(lastModifiedAt).toISOString();
  const standard = {
    CartId: id,
    CheckoutURL: fillTemplate(settings.checkouts.urlTemplate, {
      cartId: id,
      locale: locale ?? settings.locale,
      storeKey: store?.key,
    }),
    ...describeLines(cart, context),
    ItemCount: cart.lineItems.reduce((count, { quantity }) => count + quantity, 0),
    Currency: totalPrice.currencyCode,
    Country: country,
    Locale: locale,
    StoreKey: store?.key,
    CustomerType: customerId ? 'customer' : 'guest',
  };
  const { properties, trimmed } = fitProperties(standard, {});
  const event = {
    metric: settings.metrics.startedCheckout,
    profile,
    uniqueId: `${id}:${time.slice(0, 10)}`,
    ...timed(time, context),
    value: majorUnits(totalPrice),
    valueCurrency: totalPrice.currencyCode,
    properties,
  };
  return { event, trimmed };
}
