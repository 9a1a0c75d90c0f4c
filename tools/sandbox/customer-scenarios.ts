import { ids } from '../../test/fixtures/ids.ts';
import { person, properties } from './describe.ts';
import { changed, type Scenario } from './scenario.ts';

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
];
