import { customerSchema } from '../../../shared/commercetools/resources/customer.ts';
import { orderSchema } from '../../../shared/commercetools/resources/order.ts';
import type { Settings } from '../../../shared/config/settings.ts';
import { type Emptied, toProfile } from '../../../shared/mappers/customers/profile.ts';
import { toLocation } from '../../../shared/mappers/location.ts';
import { aboutBuyer } from '../../../shared/mappers/orders/buyer.ts';
import type { Profile, State } from '../../../test/doubles/klaviyo/state.ts';
import { GROUP } from '../shop/landmark-ids.ts';
import type { ShopState } from '../shop/state.ts';
import { differences, type Finding } from './finding.ts';

/** Whatever was emptied was told. */
const CURRENT: Emptied = {
  fields: ['firstName', 'lastName', 'title', 'organization', 'phoneNumber'],
  location: ['address1', 'address2', 'city', 'region', 'zip', 'country'],
};

/** Who left is erased, and nobody else. */
export const checkErased = ({ leavers }: ShopState, { erased }: State): Finding[] =>
  erased
    .filter(({ external_id }) => !leavers.includes(external_id ?? ''))
    .map(({ id, external_id }) => ({
      kind: 'erasure',
      what: 'wrong',
      text: `profile ${id} of ${external_id} was erased`,
    }));

const finding = (what: Finding['what'], text: string): Finding => ({ kind: 'customer', what, text });

/**
 * Compares every profile with its customer or, for a guest, with the orders.
 *
 * @param options.phones whether phone numbers are compared; they are by default
 */
export function checkProfiles(
  shop: ShopState,
  klaviyo: State,
  settings: Settings,
  { phones = true }: { phones?: boolean } = {},
): Finding[] {
  const profiles = [...klaviyo.profiles.values()];
  const expected = [...customersOf(shop, settings), ...guestsOf(shop)];
  const known = new Set(expected.map(({ email }) => email));
  const strangers = profiles.filter(({ email }) => !known.has(email ?? ''));
  return [
    ...expected.flatMap((one) =>
      checkOne(
        one,
        profiles.filter(({ email }) => email === one.email),
      ),
    ),
    ...strangers.map(({ id, external_id }) => finding('wrong', `profile ${id} of ${external_id} belongs to nobody`)),
    ...(phones ? checkPhones(shop, profiles, settings) : []),
  ];
}

interface Expected {
  email: string;
  fields: Partial<Profile>;
  /** What the orders of a guest may have told, part by part, before or while the guest became a customer. */
  alternatives: ReturnType<typeof aboutBuyer>[];
}

function* customersOf({ customers, pastOrders }: ShopState, settings: Settings): Iterable<Expected> {
  const orders = [...pastOrders.values()].flat();
  for (const customer of customers.values()) {
    const customerGroup = customer.customerGroup && { ...customer.customerGroup, obj: GROUP };
    const { firstName, lastName, externalId, organization, ...profile } = toProfile(
      customerSchema.parse({ ...customer, customerGroup }),
      settings,
      CURRENT,
    ).profile;
    const { email, title, locale, location, properties } = profile;
    const own = orders.filter(({ customerId, customerEmail }) => !customerId && customerEmail === email);
    yield {
      email,
      fields: {
        email,
        external_id: externalId,
        organization,
        title,
        locale,
        properties,
        first_name: firstName,
        last_name: lastName,
        location: { ...location },
      },
      alternatives: own.map((order) => aboutBuyer(orderSchema.parse(order))),
    };
  }
}

function* guestsOf({ orders }: ShopState): Iterable<Expected> {
  for (const order of orders.values()) {
    const { customerId, customerEmail = '', billingAddress } = orderSchema.parse(order);
    if (customerId) continue;
    const { firstName: first_name = null, lastName: last_name = null } = billingAddress ?? {};
    const location = { ...toLocation(billingAddress ?? {}) };
    yield {
      email: customerEmail,
      fields: { email: customerEmail, external_id: null, first_name, last_name, location },
      alternatives: [],
    };
  }
}

function checkOne({ email, fields, alternatives }: Expected, found: Profile[]): Finding[] {
  const [profile, another] = found;
  const name = `profile ${fields.external_id ?? 'of a guest'}`;
  if (!profile) return [finding('lost', `${name} is not there`)];
  if (another) return [finding('doubled', `${name} is there ${found.length} times`)];
  const tellable = alternatives.map(({ location: place, firstName, lastName }) => ({
    ...{ first_name: firstName, last_name: lastName },
    ...prefixed(place ?? {}),
  }));
  const { location: place = {}, ...others } = fields;
  const { location, ...actual } = { ...profile, ...prefixed(profile.location) };
  const known: Record<string, unknown> = actual;
  const told = tellable.flatMap((one) => Object.entries(one).filter(([part, value]) => known[part] === value));
  const expected = { ...others, ...prefixed(place), ...Object.fromEntries(told) };
  return differences(`${name} (${email})`, actual, expected).map((text) => finding('wrong', text));
}

const prefixed = (location: object) =>
  Object.fromEntries(Object.entries(location).map(([part, value]) => [`location.${part}`, value]));

/** A number belongs to one profile: of those who share it the first has it, and nobody has another's. */
function checkPhones({ customers }: ShopState, profiles: Profile[], settings: Settings): Finding[] {
  const wanted = Map.groupBy(
    customers.values(),
    (customer) => toProfile(customerSchema.parse(customer), settings, CURRENT).profile.phoneNumber,
  );
  const findings: Finding[] = [];
  for (const [phone, owners] of wanted) {
    const ids = new Set<string | null>(owners.map(({ id }) => id));
    const holders = profiles.filter(
      ({ external_id, phone_number }) => ids.has(external_id) && phone_number === (phone ?? null),
    );
    const expected = phone ? 1 : owners.length;
    if (holders.length === expected) continue;
    findings.push(
      finding('wrong', `the phone of ${[...ids].join(', ')}: ${holders.length} have it, expected ${expected}`),
    );
  }
  return findings;
}
