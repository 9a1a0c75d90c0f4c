import type { KlaviyoStandIn } from '../../test/doubles/klaviyo/server.ts';
import type { KlaviyoEvent, Variant } from '../../test/doubles/klaviyo/state.ts';

/** Says in words what Klaviyo holds of something. */
export type Description = (klaviyo: KlaviyoStandIn) => string;

const words = (...parts: unknown[]) => parts.filter((part) => part !== null && part !== undefined).join(', ');

/** A profile: name, phone, city. */
export const person =
  (email: string): Description =>
  (klaviyo) => {
    const profile = klaviyo.profileByEmail(email);
    if (!profile) return 'no profile';
    const { first_name, last_name, phone_number, location } = profile;
    return words(`${first_name} ${last_name}`, phone_number, location.city);
  };

/** Custom properties of a profile. */
export const properties =
  (email: string, ...names: string[]): Description =>
  (klaviyo) => {
    const held = klaviyo.profileByEmail(email)?.properties;
    return held ? names.map((name) => `${name} ${JSON.stringify(held[name])}`).join(', ') : 'no profile';
  };

/** Whether Klaviyo may write to somebody, and whether the person is on the list. */
export const consent =
  (email: string, list: string): Description =>
  (klaviyo) => {
    const profile = klaviyo.profileByEmail(email);
    if (!profile) return 'no profile';
    const isListed = klaviyo.state.lists.get(list)?.has(profile.id) ?? false;
    return words(klaviyo.consentOf(email), `${isListed ? 'on' : 'not on'} the list ${list}`);
  };

const amount = ({ value, value_currency }: KlaviyoEvent) => `${value} ${value_currency}`;
const inOrder = (one: KlaviyoEvent, other: KlaviyoEvent) => one.unique_id.localeCompare(other.unique_id);

/** The events of a metric for an order, by its number, with whose they are. */
export const events =
  (orderNumber: string, ...metrics: string[]): Description =>
  (klaviyo) => {
    const of = (metric: string) => klaviyo.eventsOf(metric).filter((event) => event.properties.OrderId === orderNumber);
    const all = metrics.flatMap(of);
    const buyers = new Set(all.map((event) => klaviyo.state.profiles.get(event.profile_id)?.email));
    const told = metrics.map((metric) => `${metric} ${of(metric).sort(inOrder).map(amount).join(' + ') || 'none'}`);
    return words(...buyers, ...told);
  };

/** Properties of an order's event, by the order's number. */
export const facts =
  (orderNumber: string, metric: string, ...names: string[]): Description =>
  (klaviyo) => {
    const event = klaviyo.eventsOf(metric).find(({ properties }) => properties.OrderId === orderNumber);
    return event ? names.map((name) => `${name} ${JSON.stringify(event.properties[name])}`).join(', ') : 'no event';
  };

/** `Started Checkout` of carts, by their ids: whose each is, and its value. */
export const checkouts =
  (...cartIds: string[]): Description =>
  (klaviyo) => {
    const told = klaviyo
      .eventsOf('Started Checkout')
      .filter(({ properties }) => cartIds.some((id) => id === properties.CartId));
    const lines = told
      .sort(inOrder)
      .map((event) => `${klaviyo.state.profiles.get(event.profile_id)?.email} ${amount(event)}`);
    return lines.join(', ') || 'none';
  };

/** The names of categories. */
export const categories =
  (...ids: string[]): Description =>
  (klaviyo) =>
    ids.map((id) => klaviyo.category(id)?.name ?? 'no category').join(', ');

const priced = ({ sku, price }: Variant) => `${sku} ${price}`;

/** An item: title, whether it can be seen, its variants with their prices. */
export const item =
  (id: string): Description =>
  (klaviyo) => {
    const found = klaviyo.item(id);
    if (!found) return 'no item';
    const variants = klaviyo.variantsOf(id).map(priced).sort();
    return words(`${found.title} (${found.published ? 'published' : 'hidden'})`, ...variants);
  };

/** The rating of an item, and how many of its reviews are told as `Submitted Review`. */
export const rating =
  (id: string): Description =>
  (klaviyo) => {
    const { rating: average, review_count: count } = klaviyo.item(id)?.custom_metadata ?? {};
    const told = klaviyo.eventsOf('Submitted Review').filter(({ properties }) => properties.ProductID === id);
    return `${average} by ${count}, ${told.length} told`;
  };

/** The stock of a variant, by its SKU. */
export const stock =
  (sku: string): Description =>
  (klaviyo) => {
    const variant = klaviyo.variant(sku);
    if (!variant) return 'no variant';
    return `${sku} ${variant.inventory_policy === 1 ? variant.inventory_quantity : 'not tracked'}`;
  };
