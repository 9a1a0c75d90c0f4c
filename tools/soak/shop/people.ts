import type { Customer } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { change, message, messageWithoutPayload, tick } from './notifications.ts';
import { firstSeeded } from './seeded.ts';
import type { ShopState } from './state.ts';

/** In every name, street and address that is made up, so that one word finds a leak of any of them. */
export const MARK = 'xq';

const seed = firstSeeded('customer');
/** Valid numbers end so: the rest of them tells people apart. */
const BERLIN = '+4930';

/** What people do in the shop: sign up, change, and share a phone. */
export interface People {
  signUp(known?: Partial<Customer>): Change[];
  edit(): Change[];
  /** Any customer; undefined when there is none. */
  any(): Customer | undefined;
  /** Somebody who orders without an account: an e-mail address and what the billing address says. */
  guest(): Pick<Customer, 'email' | 'firstName' | 'lastName' | 'addresses'>;
  /** Two customers exchange their e-mail addresses, or one takes the address that another has just given up. */
  exchange(): Change[];
  /** From now on the customer keeps the e-mail address, by which a guest's order is known. */
  keepEmail(id: string): void;
}

const set = (type: string, customer: Customer, payload: object): Change[] => [
  { kind: 'customer', payload: message(type, 'customer', customer, payload) },
];

/** Numbers that one person or order may take. */
const NUMBERS = 10;

/**
 * Makes up people.
 *
 * @param options.isEmptying whether an edit may empty a field; true by default
 */
export function createPeople(
  state: ShopState,
  random: Random,
  { isEmptying = true }: { isEmptying?: boolean } = {},
): People {
  const fixedEmails = new Set<string>();
  // Of people who were there before, nobody's e-mail address comes again.
  let number = NUMBERS * (state.customers.size + state.orders.size);
  let sharedPhone: string | undefined;

  const word = (start: string) => `${start}${MARK}${random.below(1e6).toString(36)}`;

  function phone(): string | undefined {
    if (random.chance(0.3)) return undefined;
    if (random.chance(0.1)) return '12';
    if (random.chance(0.1) && sharedPhone) return sharedPhone;
    number += 1;
    sharedPhone = `${BERLIN}${23125000 + number}`;
    return sharedPhone;
  }

  const address = (names: Partial<Customer>, telephone = phone()) => ({
    id: 'home',
    country: random.pick(['DE', 'AT', 'FR']),
    firstName: names.firstName,
    lastName: names.lastName,
    streetName: word('Weg-'),
    streetNumber: String(1 + random.below(99)),
    postalCode: String(10_000 + random.below(80_000)),
    city: word('Ort-'),
    ...(random.chance(0.5) && { region: word('Land-') }),
    ...(telephone && { phone: telephone }),
  });

  function person() {
    number += 1;
    const names = { firstName: word('Ada-'), ...(random.chance(0.8) && { lastName: word('Berg-') }) };
    return { ...names, email: `${MARK}.${number}@example.org`, addresses: [address(names)] };
  }

  return {
    signUp(known) {
      const customer: Customer = {
        ...seed,
        ...person(),
        ...{
          id: random.uuid(),
          version: 1,
          createdAt: tick(),
          lastModifiedAt: tick(),
          defaultBillingAddressId: 'home',
        },
        ...{ billingAddressIds: [], shippingAddressIds: [], defaultShippingAddressId: undefined },
        customerNumber: `C-${number}`,
        title: random.pick([undefined, 'Dr.']),
        companyName: random.pick([undefined, word('Werk-')]),
        locale: random.pick(['de-DE', 'en-GB', 'fr', undefined]),
        custom: {
          type: { typeId: 'type', id: 'loyalty' },
          fields: { points: random.below(9), news: random.chance(0.5) },
        },
        ...known,
      };
      state.customers.set(customer.id, customer);
      const payload = random.chance(0.8)
        ? message('CustomerCreated', 'customer', customer, { customer })
        : messageWithoutPayload('CustomerCreated', 'customer', customer);
      return [{ kind: 'customer', payload }];
    },

    edit() {
      const customer = this.any();
      if (!customer) return [];
      const [home] = customer.addresses;
      const empty = isEmptying ? [undefined] : [];
      const names = { firstName: random.pick([...empty, word('Ada-')]), lastName: word('Berg-') };
      number += 1;
      const edited: Customer = {
        ...customer,
        ...names,
        version: customer.version + 1,
        lastModifiedAt: tick(),
        email: fixedEmails.has(customer.id) || random.chance(0.7) ? customer.email : `${MARK}.${number}@example.org`,
        addresses: isEmptying ? [address(names, home?.phone ?? '')] : customer.addresses,
        companyName: random.pick([...empty, word('Werk-')]),
        custom: {
          type: { typeId: 'type', id: 'loyalty' },
          fields: { points: random.below(99), news: random.chance(0.5) },
        },
      };
      state.customers.set(edited.id, edited);
      const [to] = edited.addresses;
      return [
        { kind: 'customer', payload: change('Updated', 'customer', edited) },
        ...set('CustomerFirstNameSet', edited, { firstName: edited.firstName }),
        ...set('CustomerCompanyNameSet', edited, { companyName: edited.companyName }),
        ...set('CustomerAddressChanged', edited, { address: to, addressRoles: ['DefaultBillingAddress'] }),
      ];
    },

    exchange() {
      const [one, other] = [this.any(), this.any()];
      if (!one || !other || one === other || fixedEmails.has(one.id) || fixedEmails.has(other.id)) return [];
      number += 1;
      const free = `${MARK}.${number}@example.org`;
      // The first gives its address up before the second takes it, as commercetools demands.
      const steps: [string, string][] = [
        [one.id, free],
        [other.id, one.email],
        ...(random.chance(0.5) ? [[one.id, other.email] as [string, string]] : []),
      ];
      return steps.flatMap(([id, email]) => {
        const customer = state.customers.get(id) ?? one;
        const changed = { ...customer, version: customer.version + 1, lastModifiedAt: tick(), email };
        state.customers.set(id, changed);
        return [{ kind: 'customer' as const, payload: change('Updated', 'customer', changed) }];
      });
    },

    any: () => random.pickRecent(state.customers),
    guest: person,
    keepEmail: (id) => fixedEmails.add(id),
  };
}
