import * as z from 'zod';
import { type Address, address, optionalText, text } from '../../commercetools/resources/common.ts';
import type { Customer } from '../../commercetools/resources/customer.ts';
import { type Emptied, mainAddress } from '../../mappers/customers/profile.ts';
import { toLocation } from '../../mappers/location.ts';
import type { PlanContext } from '../handler.ts';
import { unread } from '../handler.ts';
import { readOptional } from '../optional-scope.ts';

const LOCATION = ['address1', 'address2', 'city', 'region', 'zip', 'country'] as const;

const typed = z.looseObject({ previousTypeId: optionalText });

const removal = z.looseObject({ address, addressRoles: z.array(z.string()).nullish() });

/** The messages that say that a field of a customer was set, and maybe emptied; each with its payload. */
export const emptyingMessages = {
  CustomerFirstNameSet: unread,
  CustomerLastNameSet: unread,
  CustomerTitleSet: unread,
  CustomerCompanyNameSet: unread,
  CustomerAddressChanged: z.looseObject({ address }),
  CustomerAddressRemoved: removal,
  CustomerDefaultBillingAddressSet: unread,
  CustomerBillingAddressAdded: unread,
  CustomerBillingAddressRemoved: unread,
  CustomerGroupSet: unread,
  CustomerGroupAssignmentRemoved: unread,
  CustomerGroupAssignmentsSet: unread,
  CustomerDateOfBirthSet: unread,
  CustomerStoresSet: unread,
  CustomerCustomFieldRemoved: z.looseObject({ name: text }),
  CustomerCustomTypeSet: typed,
  CustomerCustomTypeRemoved: typed,
};

/** One of these messages as a handler takes it; without its payload if commercetools left that out. */
type Taken = {
  [T in keyof typeof emptyingMessages]: { type: T; payload: z.output<(typeof emptyingMessages)[T]> | undefined };
}[keyof typeof emptyingMessages];

/** Returns what a message says was emptied. Whether it is empty still is for the customer to tell, as it is now. */
export async function emptiedBy({ type, payload }: Taken, customer: Customer, context: PlanContext): Promise<Emptied> {
  switch (type) {
    case 'CustomerFirstNameSet':
      return { fields: ['firstName'] };
    case 'CustomerLastNameSet':
      return { fields: ['lastName'] };
    case 'CustomerTitleSet':
      return { fields: ['title'] };
    case 'CustomerCompanyNameSet':
      return { fields: ['organization'] };
    case 'CustomerDefaultBillingAddressSet':
      return { location: LOCATION };
    case 'CustomerBillingAddressAdded':
    case 'CustomerBillingAddressRemoved':
      return customer.defaultBillingAddressId ? {} : { location: LOCATION };
    case 'CustomerAddressChanged':
      return payload?.address.id && payload.address.id === mainAddress(customer)?.id ? { location: LOCATION } : {};
    case 'CustomerAddressRemoved':
      return payload && wasMain(payload, customer) ? removed(payload.address) : {};
    case 'CustomerGroupSet':
      return { properties: ['CustomerGroup', 'CustomerGroups'] };
    case 'CustomerGroupAssignmentRemoved':
    case 'CustomerGroupAssignmentsSet':
      return { properties: ['CustomerGroups'] };
    case 'CustomerDateOfBirthSet':
      return { properties: ['DateOfBirth'] };
    case 'CustomerStoresSet':
      return { properties: ['Stores'] };
    case 'CustomerCustomFieldRemoved':
      return { customFields: payload ? [payload.name] : [] };
    case 'CustomerCustomTypeSet':
    case 'CustomerCustomTypeRemoved':
      return { customFields: payload?.previousTypeId ? await fieldsOf(payload.previousTypeId, context) : [] };
  }
}

/** Whether an address that was removed may have been the profile's: a billing address comes before others. */
const wasMain = ({ addressRoles }: z.output<typeof removal>, customer: Customer): boolean =>
  !customer.defaultBillingAddressId &&
  (customer.billingAddressIds.length === 0 || Boolean(addressRoles?.some((role) => role.includes('Billing'))));

/** What an address that was the profile's may have told: its parts, and its phone number. */
const removed = (address: Address): Emptied => ({
  fields: address.mobile || address.phone ? ['phoneNumber'] : [],
  location: LOCATION.filter((part) => toLocation(address)[part]),
});

/** The fields of a type; of one that is gone, or that the API client may not read, those that the settings name. */
async function fieldsOf(typeId: string, context: PlanContext): Promise<string[]> {
  const { commercetools, settings } = context;
  const { include = [], map } = settings.customers.customFields;
  const lost = 'the custom fields of the former type are not cleared';
  const type = await readOptional(commercetools.types.byId(typeId), 'view_types', lost, context);
  return type?.fieldDefinitions.map(({ name }) => name) ?? [...include, ...Object.keys(map)];
}
