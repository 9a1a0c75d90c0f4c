import type { Address } from '../../commercetools/resources/common.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import { toLocation } from '../location.ts';
import { majorUnits } from '../money.ts';

type Discounted = Order['lineItems'][number]['discountedPricePerQuantity'];

/**
 * Returns what Klaviyo's flows and segments read of an order at the top of its events; amounts in major units.
 *
 * Source: https://developers.klaviyo.com/en/docs/guide_to_integrating_a_platform_without_a_pre_built_klaviyo_integration
 *
 * @param discountCodes the codes that the buyer typed
 */
export const toCanonical = (order: Order, discountCodes: readonly string[]) => ({
  Currency: order.totalPrice.currencyCode,
  Country: order.country ?? shippingAddressOf(order)?.country ?? order.billingAddress?.country,
  Locale: order.locale,
  StoreKey: order.store?.key,
  Origin: order.origin,
  CustomerType: order.customerId ? 'customer' : 'guest',
  ...(isRenewal(order) && { IsRecurring: true, RecurringOrderId: order.recurringOrder?.id }),
  DiscountCodes: discountCodes,
  DiscountCode: discountCodes[0],
  DiscountValue: discountOf(order),
  ShippingValue: sum(
    shippingsOf(order).map(({ discountedPrice, price }) => majorUnits(discountedPrice?.value ?? price)),
  ),
  TaxValue: taxOf(order),
});

/** Returns the addresses of an order in Klaviyo's shape. */
export const toAddresses = (order: Order) => ({
  BillingAddress: toKlaviyoAddress(order.billingAddress),
  ShippingAddress: toKlaviyoAddress(shippingAddressOf(order)),
});

const isRenewal = ({ recurringOrder, origin }: Order) => recurringOrder !== undefined || origin === 'RecurringOrder';

const shippingsOf = ({ shippingInfo, shipping }: Order) =>
  [shippingInfo, ...shipping.map((one) => one.shippingInfo)].filter((info) => info !== undefined);

/** An order that is sent to several addresses has no shipping address. */
function shippingAddressOf({ shippingAddress, shipping }: Order): Address | undefined {
  return shippingAddress ?? (shipping.length === 1 ? shipping[0]?.shippingAddress : undefined);
}

/** What discounts of the cart took off lines, shipping and total. A product's own discount is part of its price. */
function discountOf(order: Order): number {
  const lines = [...order.lineItems, ...order.customLineItems].map((line) =>
    perPieces(line.discountedPricePerQuantity),
  );
  const shippings = shippingsOf(order).map(({ discountedPrice }) => amounts(discountedPrice?.includedDiscounts));
  const total = order.discountOnTotalPrice ? majorUnits(order.discountOnTotalPrice.discountedAmount) : 0;
  return sum([...lines, ...shippings, total]);
}

const perPieces = (portions: Discounted) =>
  sum(portions.map(({ quantity, discountedPrice }) => quantity * amounts(discountedPrice.includedDiscounts)));

const amounts = (discounts: Discounted[number]['discountedPrice']['includedDiscounts'] = []) =>
  sum(discounts.map(({ discountedAmount }) => majorUnits(discountedAmount)));

function taxOf({ taxedPrice }: Order): number | undefined {
  if (!taxedPrice) return undefined;
  const { totalTax, totalGross, totalNet } = taxedPrice;
  return totalTax ? majorUnits(totalTax) : sum([majorUnits(totalGross), -majorUnits(totalNet)]);
}

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

/** Sums of cents as floating point numbers carry an error far below the smallest unit of any currency. */
const sum = (values: readonly number[]) => Number(values.reduce((total, value) => total + value, 0).toFixed(10));
