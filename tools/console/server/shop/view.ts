import type { Customer, CustomerGroup, DiscountCode, LineItem, Order, Product } from '@commercetools/platform-sdk';
import { deliveriesIn } from '../../../soak/shop/order-parts.ts';
import type { ShopAction, ShopCustomer, ShopLine, ShopOrder, ShopProduct, ShopView } from '../../api.ts';
import { CURRENCY, type Good, goodsOf, nameOf, variantsOf } from './goods.ts';
import type { Market } from './market.ts';
import { leftOf, shippedOf } from './parcels.ts';
import { NEWSLETTER } from './people.ts';
import { refundedOf, returnableOf, returnedOf, returnsOf } from './returns.ts';

type Reading = Pick<Market, 'all' | 'get'>;

const byAge = (one: { createdAt: string }, other: { createdAt: string }) =>
  other.createdAt.localeCompare(one.createdAt);

function toCustomer(
  { id, customerNumber, email, firstName, lastName, createdAt, ...rest }: Customer,
  groups: CustomerGroup[],
) {
  const home = rest.addresses.find((one) => one.id === rest.defaultBillingAddressId) ?? rest.addresses[0];
  const newsletter = rest.custom?.fields[NEWSLETTER];
  const customer: ShopCustomer = {
    ...{ id, customerNumber, email, firstName, lastName, createdAt: Date.parse(createdAt) },
    ...{ phone: home?.mobile ?? home?.phone, city: home?.city },
    ...(typeof newsletter === 'boolean' && { newsletter }),
    group: groups.find((group) => group.id === rest.customerGroup?.id)?.key,
  };
  return customer;
}

/** What of a product is read elsewhere, by SKU or by id. */
interface Around {
  goods: Good[];
  stock: Map<string, number>;
  categories: Map<string, string>;
}

function toProduct({ id, key, masterData }: Product, { goods, stock, categories }: Around): ShopProduct {
  const { current } = masterData;
  return {
    ...{ id, key, name: nameOf(current.name), isPublished: masterData.published },
    images: (current.masterVariant?.images ?? []).map(({ url }) => url),
    categories: current.categories.flatMap((category) => categories.get(category.id) ?? []),
    variants: variantsOf({ masterData } as Product).flatMap(({ sku }) => {
      if (sku === undefined) return [];
      const cents = goods.find((one) => one.sku === sku)?.cents;
      return [{ sku, price: cents === undefined ? undefined : cents / 100, currency: CURRENCY, stock: stock.get(sku) }];
    }),
  };
}

const toLine = (order: Order, line: LineItem): ShopLine => ({
  ...{ id: line.id, name: nameOf(line.name), sku: line.variant.sku ?? '', quantity: line.quantity },
  total: line.totalPrice.centAmount / 10 ** line.totalPrice.fractionDigits,
  ...{ shipped: shippedOf(order).get(line.id) ?? 0, returned: returnedOf(order).get(line.id) ?? 0 },
});

function actionsOf(order: Order, refundable: number): ShopAction[] {
  const { orderState, shipmentState } = order;
  const isOpen = orderState === 'Open' || orderState === 'Confirmed';
  const isShipped = shippedOf(order).size > 0;
  const may: [ShopAction, boolean][] = [
    ['ship', orderState !== 'Cancelled' && leftOf(order).length > 0],
    ['deliver', isShipped && shipmentState !== 'Delivered'],
    ['complete', isOpen],
    ['cancel', isOpen && !isShipped],
    ['return', returnableOf(order).length > 0],
    ['receive-return', returnsOf(order).some((item) => item.shipmentState === 'Advised')],
    ['refund', refundable > 0],
  ];
  return may.flatMap(([action, makesSense]) => (makesSense ? [action] : []));
}

async function toOrder(order: Order, { get }: Reading, codes: readonly DiscountCode[]): Promise<ShopOrder> {
  const { id, orderNumber = '', createdAt, customerEmail = '', customerId, totalPrice } = order;
  const paid = await Promise.all((order.paymentInfo?.payments ?? []).map((payment) => get('payment', payment.id)));
  const refunded = refundedOf(paid.flatMap((payment) => payment?.transactions ?? []));
  const digits = 10 ** totalPrice.fractionDigits;
  return {
    ...{ id, orderNumber, createdAt: Date.parse(createdAt), email: customerEmail, customerId },
    ...{ state: order.orderState, shipmentState: order.shipmentState },
    ...{ total: totalPrice.centAmount / digits, currency: totalPrice.currencyCode, refunded: refunded / digits },
    codes: (order.discountCodes ?? []).flatMap(
      ({ discountCode }) => codes.find((one) => one.id === discountCode.id)?.code ?? [],
    ),
    lines: order.lineItems.map((line) => toLine(order, line)),
    parcels: deliveriesIn(order).flatMap(({ parcels }) =>
      parcels.map((parcel) => ({
        ...{ id: parcel.id, carrier: parcel.trackingData?.carrier, trackingId: parcel.trackingData?.trackingId },
      })),
    ),
    returns: returnsOf(order).flatMap((item) =>
      item.type === 'LineItemReturnItem'
        ? [{ id: item.id, lineId: item.lineItemId, quantity: item.quantity, state: item.shipmentState }]
        : [],
    ),
    actions: actionsOf(order, totalPrice.centAmount - refunded),
  };
}

/**
 * Reads the shop as a merchant sees it.
 *
 * @param orderIds all of them, oldest first: a shop of 10,000 orders is not read as a whole
 * @param most how many orders are wanted
 */
export async function viewShop(market: Reading, orderIds: readonly string[], most: number): Promise<ShopView> {
  const newest = orderIds.slice(-most).reverse();
  const [customers, products, inventory, allCategories, goods, groups, codes, ...orders] = await Promise.all([
    market.all('customer'),
    market.all('product'),
    market.all('inventory-entry'),
    market.all('category'),
    goodsOf(market),
    market.all('customer-group'),
    market.all('discount-code'),
    ...newest.map((id) => market.get('order', id)),
  ]);
  const stock = new Map(
    inventory.flatMap((one) => (one.supplyChannel ? [] : [[one.sku, one.availableQuantity] as const])),
  );
  const categories = new Map(allCategories.map(({ id, name }) => [id, nameOf(name)]));
  const found = orders.filter((order) => order !== undefined);
  return {
    customers: customers.sort(byAge).map((one) => toCustomer(one, groups)),
    products: products.map((product) => toProduct(product, { goods, stock, categories })),
    orders: await Promise.all(found.map((order) => toOrder(order, market, codes))),
    groups: groups.map(({ key = '', name }) => ({ key, name })),
    codes: codes.map(({ code }) => code),
    totals: { customers: customers.length, products: products.length, orders: orderIds.length },
  };
}
