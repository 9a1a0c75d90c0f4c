import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError, RetryableError } from '../../../../shared/errors.ts';
import { seeded } from '../../../doubles/shop/seed.ts';
import { fixture } from '../../../fixtures/index.ts';
import { eventsOf, localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const ORDER = '0de50000-0000-4000-8000-000000000003';
const NAMES = [
  'PaymentTransactionAdded',
  'PaymentTransactionAdded.payloadNotIncluded',
  'PaymentTransactionStateChanged',
  'PaymentTransactionStateChanged.payloadNotIncluded',
];

describe('a refund', () => {
  it('that succeeded is one Refunded Order with its own amount', async () => {
    expect(await local.plan(notification('PaymentTransactionAdded'))).toEqual([
      {
        kind: 'createEvent',
        trimmed: [],
        event: {
          metric: 'Refunded Order',
          profile: { externalId: 'c0500000-0000-4000-8000-000000000003' },
          uniqueId: ORDER,
          time: '2026-05-18T09:00:00.000Z',
          value: 99.95,
          valueCurrency: 'EUR',
          properties: expect.objectContaining({ OrderId: '2026-1003', Brands: ['Nordhang', 'Kesselrot'] }),
        },
      },
    ]);
  });

  it('that came to succeed happened when the message says, if the transaction does not', async () => {
    const events = eventsOf(await local.plan(notification('PaymentTransactionStateChanged')));
    expect(events).toMatchObject([
      { uniqueId: '7a500000-0000-4000-8000-000000000006', time: '2026-05-20T10:30:00.000Z', value: 15 },
    ]);
  });

  it.each(['0001-01-01T00:00:00.000Z', '9999-12-31T00:00:00.000Z'])(
    'happened when the message says, if the transaction says %s',
    async (timestamp) => {
      const { transaction } = fixture('PaymentTransactionAdded');
      const refund = notification('PaymentTransactionAdded', {
        transaction: Object.assign({}, transaction, { timestamp }),
      });
      expect(eventsOf(await local.plan(refund))).toMatchObject([
        { time: fixture('PaymentTransactionAdded').createdAt },
      ]);
    },
  );

  it('needs no time of the message when the transaction has one', async () => {
    const plan = await local.plan(notification('PaymentTransactionAdded', { createdAt: undefined }));
    expect(plan).toEqual(await local.plan(notification('PaymentTransactionAdded')));
  });

  it.each(['PaymentTransactionAdded', 'PaymentTransactionStateChanged'])(
    '%s is the same without its payload',
    async (name) => {
      expect(await local.plan(notification(`${name}.payloadNotIncluded`))).toEqual(
        await local.plan(notification(name)),
      );
    },
  );

  it.each([
    ['a charge', 'PaymentTransactionAdded.Charge', {}],
    ['a refund that is pending', 'PaymentTransactionAdded.PendingRefund', {}],
    ['a refund that failed', 'PaymentTransactionStateChanged', { state: 'Failure' }],
    [
      'a charge that came to succeed',
      'PaymentTransactionStateChanged',
      { transactionId: '7a500000-0000-4000-8000-000000000005' },
    ],
  ])('is not %s', async (_, name, fields) => {
    expect(await local.plan(notification(name, fields))).toEqual([]);
  });

  it('succeeded in the states that the settings say', async () => {
    const given = { orders: { refundedStates: ['Pending'] } };
    expect(await local.plan(notification('PaymentTransactionAdded'), given)).toEqual([]);
    const pending = eventsOf(await local.plan(notification('PaymentTransactionAdded.PendingRefund'), given));
    expect(pending).toMatchObject([{ value: 10 }]);
  });

  it.each(NAMES)('whose order cannot be queried yet is tried again: %s', async (name) => {
    await local.shop.remove('order', ORDER);
    expect(await rejectionOf(local.plan(notification(name)))).toBeInstanceOf(RetryableError);
  });

  it('that is not the first of its order has the id of its transaction', async () => {
    const events = eventsOf(await local.plan(notification('PaymentCreated')));
    expect(events).toMatchObject([{ uniqueId: '7a500000-0000-4000-8000-000000000006' }]);
  });

  it('has the id of its transaction whenever the settings say so', async () => {
    const given = { orders: { refundUniqueId: 'transaction' } };
    const events = eventsOf(await local.plan(notification('PaymentTransactionAdded'), given));
    expect(events).toMatchObject([{ uniqueId: '7a500000-0000-4000-8000-000000000002' }]);
  });

  it('carries the order as it is, without its payments', async () => {
    const [event] = eventsOf(await local.plan(notification('PaymentTransactionAdded')));
    expect(event?.properties.paymentInfo).toEqual({
      payments: [1, 2].map((number) => ({ typeId: 'payment', id: `9a400000-0000-4000-8000-00000000000${number}` })),
    });
  });

  it('that commercetools does not show yet was added last', async () => {
    const { transaction } = fixture('PaymentTransactionAdded');
    const about = notification('PaymentTransactionAdded', { transaction: { ...Object(transaction), id: 'later' } });
    expect(eventsOf(await local.plan(about))).toMatchObject([{ uniqueId: 'later' }]);
    for (const payment of seeded('payment')) await local.shop.put('payment', { ...payment, transactions: [] });
    expect(eventsOf(await local.plan(about))).toMatchObject([{ uniqueId: ORDER }]);
  });

  it('that its payment does not show yet is tried again', async () => {
    const about = notification('PaymentTransactionStateChanged', { transactionId: 'later' });
    expect(await rejectionOf(local.plan(about))).toBeInstanceOf(RetryableError);
  });

  it.each(NAMES.slice(1))('of a payment that is gone is gone: %s', async (name) => {
    await local.shop.remove('payment', Object(fixture(name).resource).id);
    expect(await rejectionOf(local.plan(notification(name)))).toBeInstanceOf(GoneError);
  });

  it('without an amount is refused', async () => {
    const error = await rejectionOf(local.plan(notification('invalid/PaymentTransactionAdded.without-amount')));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toMatch(/PaymentTransactionAdded of payment 9a4.*transaction\.amount/);
  });
});
