import type { Customer } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import { LANDMARKS } from './landmark-ids.ts';
import { message } from './notifications.ts';
import { firstSeeded } from './seeded.ts';
import type { ShopState } from './state.ts';

const says = (id: string, newsletter: boolean): Customer => ({
  ...firstSeeded('customer'),
  ...{ id, version: 1, email: `xq.${id}@example.org`, addresses: [], billingAddressIds: [], companyName: undefined },
  ...{ firstName: 'Mara-xq', lastName: 'Avery-xq', defaultBillingAddressId: undefined, customerNumber: id },
  custom: { type: { typeId: 'type', id: 'loyalty' }, fields: { newsletter } },
});

/** One who signs up for the newsletter, and one who does so and takes it back at once. */
export function landmarkConsents(state: ShopState): Change[] {
  const [subscriber, regretful] = [says(LANDMARKS.subscriber, true), says(LANDMARKS.regretful, true)];
  const withdrawn = { ...says(LANDMARKS.regretful, false), version: 2 };
  for (const customer of [subscriber, withdrawn]) state.customers.set(customer.id, customer);
  const changed = { name: 'newsletter', value: false, previousValue: true };
  return [
    ...[subscriber, regretful].map((customer) => message('CustomerCreated', 'customer', customer, { customer })),
    message('CustomerCustomFieldChanged', 'customer', withdrawn, changed),
  ].map((payload) => ({ kind: 'customer', payload }) as const);
}
