import type { Commercetools } from '../../commercetools/index.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import type { KnownProfile } from '../../klaviyo/profiles.ts';
import type { ProfileReference, Write } from '../../klaviyo/writes.ts';
import { type About, aboutBuyer } from '../../mappers/orders/buyer.ts';
import type { Freshness, PlanContext } from '../handler.ts';
import { overwrittenBy } from './overwritten.ts';

/** What an order, or whatever else somebody did, tells of who did it. */
type Told = Pick<Order, 'customerId' | 'customerEmail' | 'billingAddress'>;

/** What the events of an order tell of its buyer: a new order all that it knows, a later change whose it is. */
export type Tells = 'identifiers' | 'buyer';

/** What has to be asked to know whose events they are. */
interface BuyerContext extends Pick<PlanContext, 'settings' | 'freshness' | 'profiles' | 'previous' | 'warn'> {
  commercetools: { customers: Pick<Commercetools['customers'], 'byId'> };
}

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
 * Returns the buyer of an order; undefined, with a warning, for an order that belongs to nobody, or to a customer who may have been
 * erased.
 *
 * With an id and an e-mail of two profiles it is not known whose event it is to Klaviyo. So an event has one of them only.
 */
export async function buyerOf(order: Told, context: BuyerContext, tells: Tells): Promise<Buyer | undefined> {
  const { customerId, customerEmail: email } = order;
  if (customerId) return customerOf(order, customerId, context, tells);
  if (email && tells === 'identifiers') return { profile: { email }, about: {}, before: [] };
  if (email) return guestOf(order, email, context);
  context.warn('the order has neither an e-mail address nor a customer');
  return undefined;
}

/** A guest is known by the order's e-mail. If a customer has the e-mail, the customer record tells name and address. */
async function guestOf(order: Told, email: string, context: BuyerContext): Promise<Buyer> {
  const { commercetools, profiles, freshness, previous } = context;
  const holder = await profiles.byEmail(email);
  const customer = previous && holder?.externalId ? await commercetools.customers.byId(holder.externalId) : undefined;
  const about = holder?.externalId ? {} : tellable(order, holder, freshness);
  const before = previous && customer ? overwrittenBy(previous, customer, context) : [];
  return { profile: { email }, about, before };
}

/**
 * A customer is known by the id alone: the order's own e-mail may be a gift's or a former one. A profile without the e-mail that
 * the customer has now is given the e-mail first.
 */
async function customerOf(
  order: Told,
  externalId: string,
  context: BuyerContext,
  tells: Tells,
): Promise<Buyer | undefined> {
  const { commercetools, profiles, freshness, previous = [] } = context;
  const [customer, own] = await Promise.all([
    commercetools.customers.byId(externalId),
    profiles.byExternalId(externalId),
  ]);
  if (!customer) return formerCustomer(externalId, order.customerEmail, own !== undefined, context, tells);
  const { email, addresses } = customer;
  const about = addresses.length === 0 ? tellable(order, own, freshness) : {};
  const overwritten = addresses.length > 0 ? overwrittenBy(previous, customer, context) : [];
  if (overwritten.length > 0) return { profile: { externalId }, about, before: overwritten };
  const identify: Write = { kind: 'identify', externalId, email, profileId: own?.id };
  const isKnown = own?.email?.toLowerCase() === email.toLowerCase();
  return { profile: { externalId }, about, before: isKnown ? [] : [identify] };
}

/** What an order may tell: a late or replayed one, which may be old, tells only what Klaviyo does not know. */
function tellable(order: Told, known: KnownProfile | undefined, freshness: Freshness): About {
  const { firstName, lastName, location } = aboutBuyer(order);
  const isNew = freshness !== 'old' || !known;
  return {
    ...((isNew || !known.hasName) && { firstName, lastName }),
    ...((isNew || !known.hasPlace) && { location }),
  };
}

/**
 * A customer who does not exist any more. Whom Klaviyo does not know may have been erased there, and a late event would make the
 * profile anew: undefined, unless profiles are kept. Of a new order the e-mail is all there is, and counts unless it is another
 * customer's.
 */
async function formerCustomer(
  externalId: string,
  email: string | undefined,
  isKnown: boolean,
  { profiles, settings, freshness, warn }: BuyerContext,
  tells: Tells,
): Promise<Buyer | undefined> {
  const byId = { profile: { externalId }, about: {}, before: [] };
  if (isKnown) return byId;
  const isLate = tells === 'identifiers' || freshness === 'old';
  if (isLate && settings.customers.onDelete !== 'keep') {
    warn('the customer of the order is gone, and may have been erased: see customers.onDelete');
    return undefined;
  }
  if (!email) return byId;
  const holder = await profiles.byEmail(email);
  if (holder?.externalId) return byId;
  return { ...byId, profile: holder ? { email } : { externalId, email } };
}
