import type { Customer } from '@commercetools/platform-sdk';
import { ids } from '../../test/fixtures/ids.ts';
import { consent, person, properties } from './describe.ts';
import { changed, removed, type Scenario } from './scenario.ts';

const [INES, SIOBHAN] = ['ines.moreau@example.org', "o'hara@example.org"];

const saysOf =
  (newsletter: boolean) =>
  ({ custom }: Customer): Partial<Customer> =>
    custom ? { custom: { ...custom, fields: { ...custom.fields, newsletter } } } : {};

/** Customers sign up and change. */
export const customerScenarios: Scenario[] = [
  {
    fixture: 'CustomerCreated',
    holds: person('lena.brandt@example.org'),
    expected: 'Lena Brandt, +491713920015, München',
  },
  {
    fixture: 'CustomerCreated.payloadNotIncluded',
    note: 'she changed her name meanwhile',
    before: changed('customer', ids.customer(1), () => ({ lastName: 'Brandt-Weiß' })),
    holds: person('lena.brandt@example.org'),
    expected: 'Lena Brandt-Weiß, +491713920015, München',
  },
  {
    fixture: 'ResourceUpdated.customer',
    note: 'while Klaviyo is down for a moment',
    before: ({ klaviyo }) => klaviyo.faults.add({ times: 3, effect: { kind: 'status', status: 503 } }),
    attempts: 2,
    holds: properties('ines.moreau@example.org', 'newsletter', 'loyaltyPoints', 'nickname', 'sports'),
    expected: 'newsletter false, loyaltyPoints 0, nickname "", sports ["climbing","skiing"]',
  },
  {
    fixture: 'CustomerGroupSet',
    holds: properties(SIOBHAN, 'CustomerGroup', 'CustomerGroups', 'Stores', 'DateOfBirth'),
    expected:
      'CustomerGroup "Mountain guides", CustomerGroups ["Mountain guides","Summit Club"], Stores ["summit"], DateOfBirth "1984-02-29"',
  },
  {
    fixture: 'CustomerDateOfBirthSet',
    note: 'it was removed',
    before: changed('customer', ids.customer(4), () => ({ dateOfBirth: undefined })),
    holds: properties(SIOBHAN, 'DateOfBirth', 'MiddleName'),
    expected: 'DateOfBirth null, MiddleName "Aoife"',
  },
  {
    fixture: 'CustomerCustomFieldAdded',
    note: 'she says yes to the newsletter',
    before: changed('customer', ids.customer(5), saysOf(true)),
    holds: consent(INES, 'NEWS'),
    expected: 'SUBSCRIBED, on the list NEWS',
  },
  {
    fixture: 'CustomerCustomFieldChanged',
    note: 'she says no again',
    before: changed('customer', ids.customer(5), saysOf(false)),
    holds: consent(INES, 'NEWS'),
    expected: 'SUBSCRIBED, not on the list NEWS',
  },
  { fixture: 'CustomerCustomFieldAdded.payloadNotIncluded', note: 'of whichever field', outcome: 'ignored' },
  { fixture: 'CustomerCustomFieldChanged.payloadNotIncluded', note: 'of whichever field', outcome: 'ignored' },
];

/** Customers are deleted. */
export const erasureScenarios: Scenario[] = [
  {
    fixture: 'ResourceDeleted.customer',
    note: 'who asked for the erasure of all data',
    about: ids.customer(4),
    before: removed('customer', ids.customer(4)),
    holds: person(SIOBHAN),
    expected: 'no profile',
  },
];
