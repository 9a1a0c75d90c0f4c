import type { Address, Money } from '../../commercetools/resources/common.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import { toLocation } from '../location.ts';
import { sumOf, times } from '../money.ts';

/**
 * Returns what Klaviyo's flows and segments read of an order at the top of its events; amounts in major units.
 *
 * Source: https://developers.klaviyo.com/en/docs/guide_to_integrating_a_platform_without_a_pre_built_klaviyo_integration
 *
 * @param discountCodes the codes that the buyer typed
 */
export const toCanonical = (order: Order, discountCodes: readonly string[]) => ({
  ...toBasics(order),
  Origin: order.origin,
  ...(isRenewal(order) && { IsRecurring: true, RecurringOrderId: order.recurringOrder?.id }),
  DiscountCodes: discountCodes,
  DiscountCode: discountCodes[0],
  DiscountValue: sumOf(discountsOf(order)),
  ShippingValue: sumOf(
    shippingsOf(order).flatMap(({ discountedPrice, price }) => discountedPrice?.value ?? price ?? []),
  ),
  TaxValue: order.taxedPrice && sumOf(taxOf(order.taxedPrice)),
});

/** What tells where an order or a cart belongs. */
type Basics = Pick<
  Order,
  'totalPrice' | 'country' | 'locale' | 'store' | 'customerId' | 'billingAddress' | 'shippingAddress' | 'shipping'
>;

/** Returns what segments read of an order as well as of a cart. */
export const toBasics = (order: Basics) => ({
  Currency: order.totalPrice.currencyCode,
  Country: order.country ?? shippingAddressOf(order)?.country ?? order.billingAddress?.country,
  Locale: order.locale,
  StoreKey: order.store?.key,
  CustomerType: order.customerId ? 'customer' : 'guest',
});

/** Returns the addresses of an order in Klaviyo's shape. */
export const toAddresses = (order: Order) => ({
  BillingAddress: toKlaviyoAddress(order.billingAddress),
  ShippingAddress: toKlaviyoAddress(shippingAddressOf(order)),
});

const isRenewal = ({ recurringOrder, origin }: Order) => recurringOrder !== undefined || origin === 'RecurringOrder';

const shippingsOf = ({ shippingInfo, shipping }: Order) =>
  [shippingInfo, ...(shipping ?? []).map((one) => one.shippingInfo)].filter((info) => info !== undefined);

/** An order that is sent to several addresses has no shipping address. */
function shippingAddressOf({ shippingAddress, shipping = [] }: Basics): Address | undefined {
  return shippingAddress ?? (shipping.length === 1 ? shipping[0]?.shippingAddress : undefined);
}

/** What discounts of the cart took off lines, shipping and total. A product's own discount is part of its price. */
function discountsOf(order: Order): Money[] {
  const lines = [...order.lineItems, ...order.customLineItems].flatMap((line) => line.discountedPricePerQuantity ?? []);
  const shippings = shippingsOf(order).flatMap(({ discountedPrice }) => discountedPrice?.includedDiscounts ?? []);
  const total = order.discountOnTotalPrice ? [order.discountOnTotalPrice] : [];
  return [
    ...lines.flatMap(({ quantity, discountedPrice }) =>
      (discountedPrice.includedDiscounts ?? []).map(({ discountedAmount }) => times(quantity, discountedAmount)),
    ),
    ...[...shippings, ...total].map(({ discountedAmount }) => discountedAmount),
  ];
}

const taxOf = ({ totalTax, totalGross, totalNet }: NonNullable<Order['taxedPrice']>): Money[] =>
  totalTax ? [totalTax] : [totalGross, times(-1, totalNet)];

/** Parts that are empty are left out. */
function toKlaviyoAddress(address: Address | undefined) {
  if (!address) return undefined;
  const { address1, address2, city, region, zip, country } = toLocation(address);
  return {
    FirstName: address.firstName,
    LastName: address.lastName,
    Address1: address1,
    Address2: address2,
    City: city,
    RegionCode: region,
    CountryCode: country,
    Zip: zip,
    Phone: address.mobile || address.phone,
  };
}
