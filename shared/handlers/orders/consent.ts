import type { Order } from '../../commercetools/resources/order.ts';
import { CHANNELS } from '../../config/settings/consent.ts';
import type { Write } from '../../klaviyo/writes.ts';
import { saysYes } from '../../mappers/consent.ts';
import { toProfile, usablePhone } from '../../mappers/customers/profile.ts';
import { isOfServed } from '../../mappers/stores.ts';
import { occurredAt } from '../../platform-format/message.ts';
import type { Message } from '../../platform-format/schema.ts';
import { subscription } from '../consent.ts';
import type { PlanContext } from '../handler.ts';

/**
 * Returns who is to be subscribed by what was said at the checkout of a new order. An order that says no, or nothing, takes back
 * nothing. Nobody is subscribed for a customer who is gone.
 */
export async function consentAtCheckout(order: Order, message: Message, context: PlanContext): Promise<Write[]> {
  const { settings } = context;
  const channels = CHANNELS.filter((channel) => {
    const field = settings.consent[channel]?.orderField;
    return field && saysYes(order, field);
  });
  if (channels.length === 0 || !isOfServed(order, settings)) return [];
  const person = await personOf(order, context);
  if (!person) return [];
  return channels.flatMap((channel) =>
    subscription(channel, { ...person, customerField: undefined }, occurredAt(message), context),
  );
}

/** Who ordered: the customer with the e-mail of now, else the guest; undefined for nobody. */
async function personOf(
  { customerId, customerEmail, billingAddress }: Order,
  { commercetools, settings }: PlanContext,
) {
  if (customerId) {
    const customer = await commercetools.customers.byId(customerId);
    return customer && toProfile(customer, settings).profile;
  }
  if (!customerEmail) return undefined;
  return { externalId: undefined, email: customerEmail, phoneNumber: usablePhone(billingAddress) };
}
