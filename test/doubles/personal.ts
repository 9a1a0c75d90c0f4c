import type { cartSchema } from '../../shared/commercetools/resources/cart.ts';
import type { address } from '../../shared/commercetools/resources/common.ts';
import type { customerSchema } from '../../shared/commercetools/resources/customer.ts';
import type { orderSchema } from '../../shared/commercetools/resources/order.ts';
import type { reviewSchema } from '../../shared/commercetools/resources/review.ts';
import type { ProfileProperty } from '../../shared/config/settings/customers.ts';
import type { Location, Profile, ProfileReference } from '../../shared/klaviyo/writes.ts';
import { seeded } from './shop/seed.ts';

/** Whether a field tells who somebody is, or where; `common` does, but is so short that a text may hold it by chance. */
type Verdict = 'personal' | 'common' | 'harmless';

/** What we write of a person, and read of one: a new field is a type error here until somebody has decided. */
const PROFILE = {
  ...{ email: 'personal', firstName: 'personal', lastName: 'personal', organization: 'personal' },
  ...{ phoneNumber: 'personal', externalId: 'harmless', title: 'harmless', locale: 'harmless' },
  // Has verdicts of its own.
  location: 'harmless',
  // Custom fields, whose names are the shop's.
  properties: 'harmless',
} satisfies Record<keyof (Profile & ProfileReference), Verdict>;

/** What the properties of a profile tell, by our names. */
const PROPERTIES = {
  ...{ DateOfBirth: 'personal', MiddleName: 'personal', VatId: 'personal' },
  ...{ CustomerNumber: 'harmless', CustomerGroup: 'harmless', CustomerGroups: 'harmless', Stores: 'harmless' },
  ...{ EmailVerified: 'harmless', AccountCreated: 'harmless', Salutation: 'harmless' },
} satisfies Record<ProfileProperty, Verdict>;

const LOCATION = {
  ...{ address1: 'personal', address2: 'personal', city: 'personal', region: 'personal' },
  ...{ zip: 'common', country: 'harmless' },
} satisfies Record<keyof Location, Verdict>;

const ADDRESS = {
  ...{ firstName: 'personal', lastName: 'personal', phone: 'personal', mobile: 'personal' },
  ...{ streetName: 'personal', additionalStreetInfo: 'personal', additionalAddressInfo: 'personal' },
  ...{ city: 'personal', region: 'personal', state: 'personal', apartment: 'personal', building: 'personal' },
  ...{ streetNumber: 'common', postalCode: 'common', id: 'harmless', country: 'harmless' },
} satisfies Record<keyof (typeof address)['shape'], Verdict>;

const CUSTOMER = {
  ...{ email: 'personal', firstName: 'personal', lastName: 'personal', companyName: 'personal' },
  ...{ id: 'harmless', version: 'harmless', title: 'harmless', locale: 'harmless', custom: 'harmless' },
  ...{ middleName: 'personal', dateOfBirth: 'personal', vatId: 'personal', salutation: 'harmless' },
  ...{ customerNumber: 'harmless', createdAt: 'harmless', lastModifiedAt: 'harmless', stores: 'harmless' },
  isEmailVerified: 'harmless',
  ...{ customerGroup: 'harmless', customerGroupAssignments: 'harmless' },
  ...{ addresses: 'harmless', defaultBillingAddressId: 'harmless', billingAddressIds: 'harmless' },
} satisfies Record<keyof (typeof customerSchema)['shape'], Verdict>;

const ORDER = {
  customerEmail: 'personal',
  ...{ id: 'harmless', version: 'harmless', orderNumber: 'harmless', createdAt: 'harmless', orderState: 'harmless' },
  ...{ completedAt: 'harmless', lastModifiedAt: 'harmless' },
  ...{ customerId: 'harmless', billingAddress: 'harmless', totalPrice: 'harmless', custom: 'harmless' },
  ...{ lineItems: 'harmless', customLineItems: 'harmless', shippingInfo: 'harmless', shipping: 'harmless' },
  ...{ shippingAddress: 'harmless', country: 'harmless', locale: 'harmless', origin: 'harmless', store: 'harmless' },
  ...{ taxedPrice: 'harmless', discountOnTotalPrice: 'harmless', discountCodes: 'harmless' },
  recurringOrder: 'harmless',
  shipmentState: 'harmless',
  returnInfo: 'harmless',
} satisfies Record<keyof (typeof orderSchema)['shape'], Verdict>;

const CART = {
  customerEmail: 'personal',
  ...{
    id: 'harmless',
    lastModifiedAt: 'harmless',
    shippingAddress: 'harmless',
    shipping: 'harmless',
    customerId: 'harmless',
    billingAddress: 'harmless',
  },
  ...{ country: 'harmless', locale: 'harmless', store: 'harmless', totalPrice: 'harmless' },
  ...{ lineItems: 'harmless', customLineItems: 'harmless' },
} satisfies Record<keyof (typeof cartSchema)['shape'], Verdict>;

const REVIEW = {
  text: 'personal',
  // Catalog items have titles, too.
  title: 'common',
  ...{ id: 'harmless', createdAt: 'harmless', customer: 'harmless', target: 'harmless' },
  ...{ includedInStatistics: 'harmless', rating: 'harmless' },
} satisfies Record<keyof (typeof reviewSchema)['shape'], Verdict>;

/** Not read by us, and yet in what commercetools sends. */
const UNREAD = { company: 'personal', authorName: 'personal' } satisfies Record<string, Verdict>;

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names of the fields to search for, also as Klaviyo spells them. */
const NAMES = new Set(
  [PROFILE, PROPERTIES, LOCATION, ADDRESS, CUSTOMER, ORDER, CART, REVIEW, UNREAD].flatMap((fields) =>
    Object.entries(fields).flatMap(([name, verdict]) => (verdict === 'personal' ? [name, snakeCase(name)] : [])),
  ),
);

/** Returns the personal values in any data, such as what commercetools or Klaviyo was sent; of one or two letters none. */
export function personalValuesIn(data: unknown, name = ''): string[] {
  if (typeof data === 'string') return NAMES.has(name) && data.length > 2 ? [data] : [];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => personalValuesIn(value, Array.isArray(data) ? name : key));
}

/** Every personal value of the shop's people, their phone numbers also as Klaviyo has them. */
export const PERSONAL_VALUES: readonly string[] = [
  ...new Set([
    ...personalValuesIn([...seeded('customer'), ...seeded('order'), ...seeded('cart'), ...seeded('review')]),
    '+491713920015',
    '+12125550162',
  ]),
];

/** Returns those of the values that a text tells, in any case, as they are or encoded for JSON or a URL. */
export function toldIn(text: string, values: readonly string[]): string[] {
  const searched = text.toLowerCase();
  const spellings = (value: string) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
  ];
  return values.filter((value) => spellings(value).some((spelling) => searched.includes(spelling.toLowerCase())));
}
