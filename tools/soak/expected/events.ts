import type { Order } from '@commercetools/platform-sdk';
import { cartSchema } from '../../../shared/commercetools/resources/cart.ts';
import { orderSchema, type Order as ParsedOrder } from '../../../shared/commercetools/resources/order.ts';
import type { Settings } from '../../../shared/config/settings.ts';
import { toStartedCheckout } from '../../../shared/mappers/carts/checkout.ts';
import type { OrderContext } from '../../../shared/mappers/orders/context.ts';
import { toOrderedProduct } from '../../../shared/mappers/orders/line-item.ts';
import { toOrderEvent } from '../../../shared/mappers/orders/order.ts';
import type { KlaviyoEvent, State } from '../../../test/doubles/klaviyo/state.ts';
import type { Kind } from '../kinds.ts';
import { DISCOUNT_CODES } from '../shop/seeded.ts';
import type { Fact, ShopState, SoakCart } from '../shop/state.ts';
import { differences, type Finding } from './finding.ts';

/** Which handler makes a metric that is not the state of an order. */
const KINDS: Record<string, Kind> = {
  'Started Checkout': 'checkout-started',
  ...{ 'Refunded Order': 'refund', 'Confirmed Shipment': 'shipment', 'Fulfilled Partial Order': 'delivery' },
  ...{ 'Delivered Shipment': 'shipment-state', 'Requested Return': 'return', 'Received Return': 'return-state' },
};

/** Compares the events with the facts: one for each and no other, each about an order as it was at some time. */
export function checkEvents(shop: ShopState, klaviyo: State, settings: Settings): Finding[] {
  const keyOf = (metric: string, uniqueId: string) => `${metric} ${uniqueId}`;
  const found = Map.groupBy(klaviyo.events, ({ metric, unique_id }) => keyOf(metric, unique_id));
  const findings = shop.facts.flatMap((fact): Finding[] => {
    const key = keyOf(fact.metric, fact.uniqueId);
    const events = found.get(key) ?? [];
    found.delete(key);
    const [event] = events;
    if (!event) return [{ kind: fact.kind, what: 'lost', text: `${key} of order ${fact.orderId} is not there` }];
    const texts = checkEvent(event, fact, shop, klaviyo, settings);
    const wrong = texts.map((text): Finding => ({ kind: fact.kind, what: 'wrong', text }));
    if (events.length === 1) return wrong;
    return [{ kind: fact.kind, what: 'doubled', text: `${key} is there ${events.length} times` }, ...wrong];
  });
  // Reviews are landmarks only.
  const invented = [...found.keys()]
    .filter((key) => !key.startsWith(settings.metrics.submittedReview))
    .map(
      (key): Finding => ({
        kind: KINDS[key.replace(/ \S+$/, '')] ?? 'order-state',
        what: 'wrong',
        text: `${key} never happened`,
      }),
    );
  return [...findings, ...invented];
}

function checkEvent(event: KlaviyoEvent, fact: Fact, shop: ShopState, klaviyo: State, settings: Settings): string[] {
  const { metric, uniqueId, orderId } = fact;
  const name = `${metric} ${uniqueId}`;
  const cart = shop.carts.get(orderId);
  if (cart) return checkCheckout(event, cart, fact, klaviyo, settings);
  const past = shop.pastOrders.get(orderId) ?? [];
  // An Ordered Product tells of its line item, which does not change; the others carry the version of the order.
  const order =
    metric === 'Ordered Product' ? past[0] : past.find(({ version }) => version === event.properties.version);
  if (!order) return [`${name} tells of version ${event.properties.version} of order ${orderId}, which never was`];
  const parsed = orderSchema.parse(order);
  const context = contextOf(event, parsed, settings);
  const lineItem = parsed.lineItems.find(({ id }) => id === uniqueId);
  const lines = fact.lines?.flatMap(({ id, quantity: pieces }) => {
    const line = parsed.lineItems.find((one) => one.id === id);
    return line ? [{ line, pieces }] : [];
  });
  const { event: expected } = lineItem
    ? toOrderedProduct(lineItem, parsed, {}, context)
    : toOrderEvent(parsed, {}, { metric, time: fact.time, lines, properties: fact.properties?.(order) }, context);
  const profile = klaviyo.profiles.get(event.profile_id);
  const time = new Date(Math.floor(Date.parse(fact.time) / 1000) * 1000).toISOString();
  return [
    ...differences(name, event, { time, value: fact.cents / 100, value_currency: 'EUR' }),
    ...differences(name, profile ?? {}, ownerOf(order)),
    ...differences(`${name} properties`, event.properties, { ...expected.properties }),
    ...differences(`${name} has more:`, expected.properties, { ...event.properties }),
    ...unknownBreadcrumbs(context, shop).map((text) => `${name} ${text}`),
  ];
}

/** Compares `Started Checkout` with its cart. */
function checkCheckout(event: KlaviyoEvent, cart: SoakCart, fact: Fact, klaviyo: State, settings: Settings): string[] {
  const name = `${fact.metric} ${fact.uniqueId}`;
  const parsed = cartSchema.parse(cart);
  const context = contextOf(event, { lineItems: parsed.lineItems }, settings);
  const { event: expected } = toStartedCheckout(parsed, {}, context);
  const told = { time: fact.time, value: fact.cents / 100, value_currency: 'EUR' };
  return [
    ...differences(name, event, told),
    ...differences(name, klaviyo.profiles.get(event.profile_id) ?? {}, ownerOf(cart)),
    ...differences(`${name} properties`, event.properties, { ...expected.properties }),
    ...differences(`${name} has more:`, expected.properties, { ...event.properties }),
  ];
}

/** Whose event it is: the customer's whatever the order's e-mail, or whose e-mail a guest gave. */
const ownerOf = ({ customerId, customerEmail }: Pick<Order, 'customerId' | 'customerEmail'>) =>
  customerId ? { external_id: customerId } : { email: customerEmail };

/** Breadcrumbs are those of the moment when the event was written: they are taken from it, and judged apart. */
function contextOf(
  { properties }: KlaviyoEvent,
  order: Pick<ParsedOrder, 'lineItems' | 'discountCodes'>,
  settings: Settings,
): OrderContext {
  const { Items = [], Categories = [], ProductID } = properties;
  const items: { ProductID: string; Categories: string[] }[] = JSON.parse(
    JSON.stringify(ProductID ? [{ ProductID, Categories }] : Items),
  );
  const known = new Set(order.lineItems.map(({ productId }) => productId));
  const breadcrumbs = new Map(
    items.filter(({ ProductID: id }) => known.has(id)).map((item) => [item.ProductID, item.Categories]),
  );
  return { settings, breadcrumbs, discountCodes: codesOf(order), historyEnds: 0 };
}

const codesOf = ({ discountCodes = [] }: Pick<ParsedOrder, 'discountCodes'>): string[] =>
  discountCodes.flatMap(({ discountCode }) => DISCOUNT_CODES.find(({ id }) => id === discountCode.id)?.code ?? []);

const unknownBreadcrumbs = ({ breadcrumbs }: OrderContext, { pastBreadcrumbs }: ShopState): string[] =>
  [...breadcrumbs]
    .filter(([id, names]) => !pastBreadcrumbs.get(id)?.has(JSON.stringify(names)))
    .map(([id, names]) => `puts product ${id} into ${JSON.stringify(names)}, where it never was`);
