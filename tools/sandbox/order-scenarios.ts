import type { Transaction } from '@commercetools/platform-sdk';
import { ids } from '../../test/fixtures/ids.ts';
import { events, facts } from './describe.ts';
import { changed, type Scenario } from './scenario.ts';

const { order, payment } = ids;
const placed = (orderNumber: string) => events(orderNumber, 'Placed Order', 'Ordered Product');

const refund: Transaction = {
  id: '7a500000-0000-4000-8000-000000000007',
  timestamp: '2026-05-21T09:00:00.000Z',
  type: 'Refund',
  amount: { type: 'centPrecision', currencyCode: 'EUR', centAmount: 500, fractionDigits: 2 },
  state: 'Success',
  interactionId: 'psp-4407',
};

/** Orders are placed, fulfilled, cancelled and refunded. */
export const orderScenarios: Scenario[] = [
  {
    fixture: 'OrderCreated',
    holds: placed('2026-1001'),
    expected: 'lena.brandt@example.org, Placed Order 413.8 EUR, Ordered Product 159.9 EUR + 249 EUR',
  },
  {
    fixture: 'CloudEvents.OrderCreated',
    note: 'the same order again: nothing doubles',
    holds: placed('2026-1001'),
    expected: 'lena.brandt@example.org, Placed Order 413.8 EUR, Ordered Product 159.9 EUR + 249 EUR',
  },
  {
    fixture: 'OrderCreated.payloadNotIncluded',
    note: 'in yen, which has no cents',
    about: order(7),
    holds: placed('2026-1007'),
    expected: 'jordan.avery@example.org, Placed Order 54600 JPY, Ordered Product 15800 JPY + 38000 JPY',
  },
  {
    fixture: 'OrderImported',
    holds: placed('2026-1002'),
    expected: 'jordan.avery@example.org, Placed Order 578.9 USD, Ordered Product 319 USD + 259.9 USD',
  },
  {
    fixture: 'OrderImported.payloadNotIncluded',
    note: 'with the discount code that counted',
    about: order(2),
    holds: facts('2026-1002', 'Placed Order', 'Country', 'CustomerType', 'ItemCount', 'DiscountCode'),
    expected: 'Country "US", CustomerType "customer", ItemCount 3, DiscountCode "SPRING10"',
  },
  {
    fixture: 'OrderCreatedFromRecurringOrder',
    note: 'a renewal',
    holds: facts('2026-1006', 'Placed Order', 'IsRecurring'),
    expected: 'IsRecurring true',
  },
  {
    fixture: 'OrderImported.payloadNotIncluded',
    note: 'prices of a fraction of a cent',
    about: order(6),
    holds: placed('2026-1006'),
    expected: 'ines.moreau@example.org, Placed Order 7.37 EUR, Ordered Product 7.37 EUR',
  },
  {
    fixture: 'OrderCustomerSet',
    holds: placed('2026-1008'),
    expected: 'lena.brandt@example.org, Placed Order 108.35 EUR, Ordered Product 99.95 EUR',
  },
  {
    fixture: 'OrderCustomerSet.payloadNotIncluded',
    note: 'the same order again: nothing doubles',
    holds: placed('2026-1008'),
    expected: 'lena.brandt@example.org, Placed Order 108.35 EUR, Ordered Product 99.95 EUR',
  },
  {
    fixture: 'OrderCustomerEmailSet',
    note: 'a guest, whose order nobody could be told of before',
    holds: placed(order(5)),
    expected: 'noor.gast@example.org, Placed Order 124.85 EUR, Ordered Product 119.95 EUR',
  },
  {
    fixture: 'OrderStateChanged.Complete',
    holds: events('2026-1003', 'Fulfilled Order'),
    expected: 'jonas.brandt@example.org, Fulfilled Order 169.75 EUR',
  },
  {
    fixture: 'OrderStateChanged.Complete.payloadNotIncluded',
    about: order(1),
    before: changed('order', order(1), () => ({ orderState: 'Complete' })),
    holds: events('2026-1001', 'Fulfilled Order'),
    expected: 'lena.brandt@example.org, Fulfilled Order 413.8 EUR',
  },
  {
    fixture: 'OrderStateChanged.Cancelled',
    holds: events('2026-1004', 'Cancelled Order'),
    expected: "o'hara@example.org, Cancelled Order 225.5 GBP",
  },
  {
    fixture: 'OrderStateChanged.Cancelled.payloadNotIncluded',
    about: order(2),
    before: changed('order', order(2), () => ({ orderState: 'Cancelled' })),
    holds: events('2026-1002', 'Cancelled Order'),
    expected: 'jordan.avery@example.org, Cancelled Order 578.9 USD',
  },
  {
    fixture: 'PaymentTransactionAdded',
    holds: events('2026-1003', 'Refunded Order'),
    expected: 'jonas.brandt@example.org, Refunded Order 99.95 EUR',
  },
  {
    fixture: 'PaymentTransactionStateChanged',
    holds: events('2026-1003', 'Refunded Order'),
    expected: 'jonas.brandt@example.org, Refunded Order 99.95 EUR + 15 EUR',
  },
  {
    fixture: 'PaymentTransactionAdded.payloadNotIncluded',
    note: 'all successful refunds of the payment',
    before: changed('payment', payment(1), ({ transactions }) => ({ transactions: [...transactions, refund] })),
    holds: events('2026-1003', 'Refunded Order'),
    expected: 'jonas.brandt@example.org, Refunded Order 99.95 EUR + 15 EUR + 5 EUR',
  },
  {
    fixture: 'PaymentTransactionStateChanged.payloadNotIncluded',
    note: 'the pending one succeeds',
    about: payment(1),
    before: changed('payment', payment(1), ({ transactions }) => ({
      transactions: transactions.map((one) => (one.state === 'Pending' ? { ...one, state: 'Success' } : one)),
    })),
    holds: events('2026-1003', 'Refunded Order'),
    expected: 'jonas.brandt@example.org, Refunded Order 99.95 EUR + 10 EUR + 15 EUR + 5 EUR',
  },
];
