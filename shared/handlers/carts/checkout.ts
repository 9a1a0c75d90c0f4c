import { type Cart, cartSchema, type FoundCart } from '../../commercetools/resources/cart.ts';
import { toStartedCheckout } from '../../mappers/carts/checkout.ts';
import { breadcrumbsOf } from '../../mappers/catalog/category.ts';
import type { OrderContext } from '../../mappers/orders/context.ts';
import { isOfServed } from '../../mappers/stores.ts';
import { validate } from '../../validate.ts';
import { defineHandler, type PlanContext, type PlanOne } from '../handler.ts';
import { buyerOf } from '../orders/buyer.ts';

/** It is time to look for carts that were left: `Started Checkout` of each. A cart that was ordered meanwhile is not found. */
export const checkoutStarted = defineHandler({
  name: 'checkout-started',
  resource: 'cart',
  becomes: '`Started Checkout` of each cart that was left alone, once a day; off until `checkouts.urlTemplate` is set',
  async *tick({ from, to }, context) {
    const { urlTemplate, idleMinutes } = context.settings.checkouts;
    if (!urlTemplate) return;
    const idle = idleMinutes * 60_000;
    for await (const found of context.commercetools.carts.left({ from: from - idle, to: to - idle })) {
      const carts = found.map((one) => cartSchema.safeParse(one).data);
      const malformed = found.filter((_, index) => carts[index] === undefined);
      const left = carts.filter((cart) => cart !== undefined).filter(isTold(context));
      yield [...(await plansOf(left, context)), ...malformed.map(refused)];
    }
  },
});

/** The plan of a cart that is malformed: it fails, and keeps none of the others from being told. */
const refused = (cart: FoundCart) => async () => {
  validate(cartSchema, cart, () => `Cart ${cart.id} in commercetools`);
  return [];
};

/** Whether a cart is of a store that is synced, and holds something. */
const isTold =
  ({ settings }: PlanContext) =>
  (cart: Cart): boolean =>
    isOfServed(cart, settings) && cart.lineItems.length + cart.customLineItems.length > 0;

/** Reads what the carts of a page need beyond themselves, all at once, and returns the plan of each. */
async function plansOf(carts: readonly Cart[], context: PlanContext): Promise<PlanOne[]> {
  const { commercetools, settings } = context;
  const [customers, products] = await Promise.all([
    commercetools.customers.byIds(carts.flatMap(({ customerId }) => customerId ?? [])),
    commercetools.products.withCategories(carts.flatMap(({ lineItems }) => lineItems.map((line) => line.productId))),
  ]);
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  const known = {
    ...commercetools,
    customers: { ...commercetools.customers, byId: async (id: string) => byId.get(id) },
  };
  const orderContext: OrderContext = {
    settings,
    breadcrumbs: breadcrumbsOf(products, settings.locale),
    discountCodes: [],
    // Of now and not of the tick: a tick that is replayed days later is to send nobody a reminder.
    historyEnds: Date.now() - settings.orders.backfillAfterHours * 3_600_000,
  };
  return carts.map((cart) => async (planContext) => {
    const isAgain = planContext.previous !== undefined;
    const buyer = await buyerOf(cart, isAgain ? planContext : { ...planContext, commercetools: known }, 'identifiers');
    if (!buyer) return [];
    const write = toStartedCheckout(cart, buyer.profile, orderContext);
    if (!write.event.properties.CheckoutURL)
      context.warn('a cart lacks what checkouts.urlTemplate names, so its Started Checkout has no CheckoutURL');
    return [...buyer.before, { kind: 'createEvent', isOneOfMany: true, ...write }];
  });
}
