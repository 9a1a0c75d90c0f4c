import type { Order } from '../../commercetools/resources/order.ts';
import type { ProfileReference, Write } from '../../klaviyo/writes.ts';
import { type About, aboutBuyer, toIdentity } from '../../mappers/orders/buyer.ts';
import type { PlanContext } from '../handler.ts';

/** Whose events the events of an order are. */
export interface Buyer {
  /** What the profile is recognized by. */
  profile: ProfileReference;
  /** What the order may tell of the buyer, and no other source tells better. */
  about: About;
  /** What has to be written first, so that Klaviyo knows one profile by these identifiers. */
  before: Write[];
}

/**
 * Returns the buyer of an order; undefined, with a warning, for an order that belongs to nobody.
 *
 * With an id and an e-mail of two profiles it is not known whose event it is to Klaviyo. So a customer whom Klaviyo knows is named
 * by the id alone, and a customer whose e-mail is another profile's gets one profile first.
 */
export async function buyerOf(order: Order, context: PlanContext): Promise<Buyer | undefined> {
  const { customerId, customerEmail: email } = order;
  if (customerId) return customerOf(order, customerId, context);
  if (email) return guestOf(order, email, context);
  context.warn('the order has neither an e-mail address nor a customer');
  return undefined;
}

/** A guest is known by the order's e-mail. If a customer has the e-mail, the customer record tells name and address. */
async function guestOf(order: Order, email: string, { holderOf, freshness }: PlanContext): Promise<Buyer> {
  const holder = await holderOf(email);
  const isTold = !holder || (!holder.externalId && freshness !== 'old');
  return { profile: { email }, about: isTold ? aboutBuyer(order) : {}, before: [] };
}

/** A customer is known by the id, and by the e-mail that the customer has now: the order's own may be a gift's or a former one. */
async function customerOf(order: Order, externalId: string, context: PlanContext): Promise<Buyer> {
  const { commercetools, holderOf, settings, freshness } = context;
  const { customerEmail } = order;
  // Mostly the order has the customer's e-mail, so both are asked for at once.
  const [customer, holderOfOrder] = await Promise.all([
    commercetools.customers.byId(externalId),
    customerEmail ? holderOf(customerEmail) : undefined,
  ]);
  if (!customer) return formerCustomer(externalId, customerEmail, holderOfOrder);
  const { email, addresses } = customer;
  const holder = email === customerEmail ? holderOfOrder : await holderOf(email);
  const isTold = addresses.length === 0 && (!holder || freshness !== 'old');
  const about = isTold ? aboutBuyer(order) : {};
  if (!holder) return { profile: { externalId, email }, about, before: [] };
  const isOneProfile = holder.externalId === externalId || !settings.customers.linkByEmail;
  const before: Write[] = isOneProfile ? [] : [{ kind: 'upsertProfile', ...toIdentity({ externalId, email }) }];
  return { profile: { externalId }, about, before };
}

/** A customer who does not exist any more: the order's e-mail is all there is, and counts unless it is another customer's. */
function formerCustomer(
  externalId: string,
  email: string | undefined,
  holder: { externalId?: string } | undefined,
): Buyer {
  const byId = { profile: { externalId }, about: {}, before: [] };
  if (!email || holder?.externalId) return byId;
  return { ...byId, profile: holder ? { email } : { externalId, email } };
}
