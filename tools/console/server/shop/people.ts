import { randomUUID } from 'node:crypto';
import type { Customer } from '@commercetools/platform-sdk';
import * as z from 'zod';
import { firstSeeded } from '../../../soak/shop/seeded.ts';
import type { ShopRequests } from '../../api.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actions } from './action.ts';
import type { Market } from './market.ts';
import { anyOf } from './new-order.ts';

const seed = firstSeeded('customer');
const LOYALTY = firstSeeded('type').id;
/** The custom field by which the sandbox's settings subscribe somebody. */
export const NEWSLETTER = 'newsletter';

const FIRST_NAMES = ['Ada', 'Björn', 'Chloé', 'Dario', 'Elif', 'Finn', 'Greta', 'Hugo', 'Ida', 'Jonas'];
const LAST_NAMES = ['Albrecht', 'Berger', 'Costa', 'Demir', 'Ekholm', 'Fischer', 'Girard', 'Hansen'];

const text = z.string().trim().min(1).max(100);
const set = text.nullable().optional();
const person = {
  firstName: text.optional(),
  lastName: text.optional(),
  email: z.email().max(100).optional(),
  newsletter: z.boolean().optional(),
};

let numbers = 3000;

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();

/** E-mail addresses are unique in a shop, in any case. */
async function refuseTaken(market: Market, email: string, id?: string): Promise<void> {
  const taken = (await market.all('customer')).find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (taken && taken.id !== id) throw new ProblemError(409, 'Another customer has this e-mail address.', 'email');
}

const fieldsWith = ({ custom }: Partial<Customer>, newsletter: boolean): Pick<Customer, 'custom'> => ({
  custom: {
    ...(custom ?? { type: { typeId: 'type', id: LOYALTY } }),
    fields: { ...custom?.fields, [NEWSLETTER]: newsletter },
  },
});

async function groupOf(market: Market, key: string): Promise<Customer['customerGroup']> {
  const group = (await market.all('customer-group')).find((one) => one.key === key);
  if (!group) throw new ProblemError(404, `There is no customer group ${key}.`, 'group');
  return { typeId: 'customer-group', id: group.id };
}

/** What of a customer is to be set, without what stays as it is; null is emptied. */
function settingOf<T extends object>(wanted: T): { [Name in keyof T]?: Exclude<T[Name], null> } {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? undefined])) as ReturnType<
    typeof settingOf<T>
  >;
}

function changesOf(customer: Customer, wanted: Omit<ShopRequests['edit-customer'], 'customerId' | 'group'>) {
  const { phone, city, newsletter, ...names } = wanted;
  const given = settingOf(names);
  const place = settingOf({ phone, city });
  const home = customer.defaultBillingAddressId ?? customer.addresses[0]?.id;
  const addresses = customer.addresses.map((one) => (one.id === home ? { ...one, ...place, mobile: undefined } : one));
  return {
    ...given,
    ...(Object.keys(place).length > 0 && { addresses }),
    ...(newsletter !== undefined && fieldsWith(customer, newsletter)),
  };
}

function tellEdits(market: Market, before: Customer, now: Customer): void {
  const { firstName, lastName, email, addresses, custom, customerGroup } = now;
  if (firstName !== before.firstName) market.tell('CustomerFirstNameSet', 'customer', now, { firstName });
  if (lastName !== before.lastName) market.tell('CustomerLastNameSet', 'customer', now, { lastName });
  if (email !== before.email) market.tell('CustomerEmailChanged', 'customer', now, { email });
  if (customerGroup?.id !== before.customerGroup?.id)
    market.tell('CustomerGroupSet', 'customer', now, { customerGroup });
  for (const [index, address] of addresses.entries())
    if (address !== before.addresses[index] && JSON.stringify(address) !== JSON.stringify(before.addresses[index]))
      market.tell('CustomerAddressChanged', 'customer', now, { address });
  const [value, previousValue] = [custom?.fields[NEWSLETTER], before.custom?.fields[NEWSLETTER]];
  const isNew = previousValue === undefined;
  const told = { name: NEWSLETTER, value, ...(!isNew && { previousValue }) };
  if (custom && !before.custom) market.tell('CustomerCustomTypeSet', 'customer', now, { customFields: custom });
  else if (value !== previousValue)
    market.tell(isNew ? 'CustomerCustomFieldAdded' : 'CustomerCustomFieldChanged', 'customer', now, told);
  market.tellChange('Updated', 'customer', now);
}

/** What customers do. */
export const peopleActions: Actions<'sign-up' | 'edit-customer' | 'delete-customer'> = {
  'sign-up': {
    request: z.strictObject(person),
    async run({ newsletter = false, ...given }, market) {
      numbers += 1;
      const { firstName = anyOf(FIRST_NAMES), lastName = anyOf(LAST_NAMES) } = given;
      const { email = `${plain(firstName)}.${plain(lastName)}.${numbers}@example.org` } = given;
      await refuseTaken(market, email);
      const now = new Date().toISOString();
      const address = { id: 'home', country: 'DE', firstName, lastName, streetName: 'Beispielweg', streetNumber: '4' };
      const customer = await market.put('customer', {
        ...seed,
        ...{ id: randomUUID(), version: 1, createdAt: now, lastModifiedAt: now, customerNumber: `C-${numbers}` },
        ...{ email, firstName, lastName, title: undefined, salutation: undefined, companyName: undefined },
        addresses: [{ ...address, postalCode: '10115', city: 'Berlin' }],
        ...{ defaultBillingAddressId: 'home', billingAddressIds: ['home'], defaultShippingAddressId: 'home' },
        ...{ shippingAddressIds: ['home'], isEmailVerified: false },
        ...fieldsWith({}, newsletter),
      });
      market.tell('CustomerCreated', 'customer', customer, { customer });
      market.tellChange('Created', 'customer', customer);
      return { said: `${firstName} ${lastName} signed up.`, id: customer.id };
    },
  },
  'edit-customer': {
    request: z.strictObject({
      ...{ ...person, customerId: z.string().min(1) },
      ...{ firstName: set, lastName: set, phone: set, city: set, group: set },
    }),
    async run({ customerId, group, ...wanted }, market) {
      const before = await market.need('customer', customerId);
      if (wanted.email !== undefined) await refuseTaken(market, wanted.email, customerId);
      const customerGroup =
        group === undefined ? before.customerGroup : group ? await groupOf(market, group) : undefined;
      const now = await market.edit('customer', before, { ...changesOf(before, wanted), customerGroup });
      tellEdits(market, before, now);
      return { said: `Customer ${now.customerNumber} was changed.`, id: customerId };
    },
  },
  'delete-customer': {
    request: z.strictObject({ customerId: z.string().min(1), erasure: z.boolean() }),
    async run({ customerId, erasure }, market) {
      const customer = await market.need('customer', customerId);
      await market.remove('customer', customerId);
      market.tellChange('Deleted', 'customer', customer, { dataErasure: erasure });
      const how = erasure ? ', with all personal data' : '';
      return { said: `Customer ${customer.customerNumber} was deleted${how}.`, id: customerId };
    },
  },
};
