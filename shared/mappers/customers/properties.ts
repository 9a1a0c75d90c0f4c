import type { Customer } from '../../commercetools/resources/customer.ts';
import type { ProfileProperty } from '../../config/settings/customers.ts';
import type { Settings } from '../../config/settings.ts';
import { select } from '../selection.ts';

type Group = NonNullable<Customer['customerGroup']>;

/** Returns what a profile tells of the customer's record by properties of ours; what is empty, or cannot be read, is left out. */
export function profileProperties(customer: Customer): Partial<Record<ProfileProperty, unknown>> {
  const { customerGroup, stores } = customer;
  const properties: Record<ProfileProperty, unknown> = {
    CustomerNumber: customer.customerNumber,
    CustomerGroup: customerGroup && nameOf(customerGroup),
    CustomerGroups: [...new Set(groupsOf(customer).flatMap((group) => nameOf(group) ?? []))],
    Stores: stores.map(({ key }) => key),
    DateOfBirth: customer.dateOfBirth,
    EmailVerified: customer.isEmailVerified,
    AccountCreated: customer.createdAt,
    Salutation: customer.salutation,
    MiddleName: customer.middleName,
    VatId: customer.vatId,
  };
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isEmpty(value)));
}

/** Returns whether a customer is in a group that the profile is to tell and the customer, as a message carries it, does not. */
export const lacksGroups = (customer: Customer | undefined, settings: Settings): boolean =>
  customer !== undefined && tellsGroups(settings) && groupsOf(customer).some(({ obj }) => !obj);

/** Returns whether profiles are to tell the groups of their customers. */
export function tellsGroups({ customers }: Settings): boolean {
  const told: ProfileProperty[] = ['CustomerGroup', 'CustomerGroups'];
  return Object.keys(select(Object.fromEntries(told.map((name) => [name, name])), customers.properties)).length > 0;
}

/** All groups of a customer. Shops use the one field or the other: `customerGroup` is the older one. */
const groupsOf = ({ customerGroup, customerGroupAssignments }: Customer): Group[] => [
  ...(customerGroup ? [customerGroup] : []),
  ...customerGroupAssignments.map((assignment) => assignment.customerGroup),
];

const nameOf = ({ obj }: Group): string | undefined => obj?.name || obj?.key;

const isEmpty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
