import type { Transaction } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { idOf, stateChanged, transactionAdded, transactionChanged } from './notifications.ts';
import { byUniqueId } from './state.ts';
import { functionForAll } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [, , completed] = seeded('order');
const [card, giftCard] = seeded('payment');
if (!completed || !card || !giftCard) throw new Error('The seed lacks orders or payments');

const transaction = (number: number) => idOf('7a500000', number);
const refund = (id: string, centAmount: number): Transaction => ({
  id,
  type: 'Refund',
  state: 'Success',
  timestamp: '2026-05-21T08:00:00.900Z',
  amount: { type: 'centPrecision', currencyCode: 'EUR', centAmount, fractionDigits: 2 },
});

describe('a change of state', () => {
  const ORDER = { unique_id: completed.id, value: 169.75, value_currency: 'EUR' };
  const PROPERTIES = { OrderId: '2026-1003', ItemNames: ['Straight Jeans Indigo', 'Ember Camp Stove'] };

  test.each(['OrderStateChanged.Complete', 'OrderStateChanged.Complete.payloadNotIncluded'])('%s', async (name) => {
    expect(await push(fixture(name))).toBe(204);
    const event = {
      ...ORDER,
      time: '2026-05-20T10:30:00.000Z',
      properties: { ...PROPERTIES, Brands: ['Nordhang', 'Kesselrot'] },
    };
    expect(klaviyo.state.events).toMatchObject([{ metric: 'Fulfilled Order', ...event }]);
  });

  test.each(['OrderStateChanged.Cancelled', 'OrderStateChanged.Cancelled.payloadNotIncluded'])('%s', async (name) => {
    expect(await push(fixture(name))).toBe(204);
    expect(klaviyo.state.events).toMatchObject([
      {
        ...{ metric: 'Cancelled Order', unique_id: idOf('0de50000', 4), time: '2026-05-09T10:30:00.000Z' },
        ...{ value: 225.5, value_currency: 'GBP', properties: { OrderId: '2026-1004' } },
      },
    ]);
  });

  test('tells of the profile its identifiers only', async () => {
    await push(fixture('OrderStateChanged.Cancelled'));
    expect(klaviyo.profileByEmail("o'hara@example.org")).toMatchObject({
      ...{ external_id: idOf('c0500000', 4), first_name: null, phone_number: null },
      location: { city: null, country: null },
    });
  });

  test('is told by the message, whatever the order has come to since', async () => {
    expect(await push(stateChanged(completed.id, 'Cancelled'))).toBe(204);
    expect(klaviyo.state.events).toMatchObject([{ metric: 'Cancelled Order' }]);
  });

  test('is acknowledged when the order is gone', async () => {
    await shop.remove('order', completed.id);
    expect(await push(fixture('OrderStateChanged.Complete'))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
    expect(log).toMatchObject([{ outcome: 'gone' }]);
  });

  test('without a time is malformed', async () => {
    expect(await push(stateChanged(completed.id, 'Complete', { createdAt: undefined }))).toBe(500);
    expect(klaviyo.requests).toEqual([]);
  });
});

describe('refunds', () => {
  test('are events of their own with their own amounts, never the order’s', async () => {
    await push(fixture('PaymentTransactionAdded'));
    await push(fixture('PaymentTransactionStateChanged'));
    await push(transactionAdded(card.id, refund('second', 500)));

    const events = byUniqueId(klaviyo.eventsOf('Refunded Order'));
    expect([...events.keys()].sort()).toEqual([completed.id, transaction(6), 'second'].sort());
    const properties = { OrderId: '2026-1003', ItemNames: ['Straight Jeans Indigo', 'Ember Camp Stove'] };
    expect(events.get(completed.id)).toMatchObject({ value: 99.95, value_currency: 'EUR', properties });
    expect(events.get(completed.id)).toMatchObject({ time: '2026-05-18T09:00:00.000Z' });
    expect(events.get('second')).toMatchObject({ value: 5, time: '2026-05-21T08:00:00.000Z', properties });
  });

  test('have the time of the message when the transaction has none', async () => {
    await push(fixture('PaymentTransactionStateChanged'));
    expect(klaviyo.state.events).toMatchObject([
      { unique_id: transaction(6), value: 15, time: '2026-05-20T10:30:00.000Z' },
    ]);
  });

  test('are all told when the payload was not included, the successful ones', async () => {
    await shop.put('payment', { ...card, transactions: [...card.transactions, refund('second', 500)] });
    expect(await push(fixture('PaymentTransactionAdded.payloadNotIncluded'))).toBe(204);
    expect([...byUniqueId(klaviyo.eventsOf('Refunded Order')).keys()].sort()).toEqual([completed.id, 'second'].sort());
  });

  test.each(['Pending', 'Initial', 'Failure'])('that are %s are not sent', async (state) => {
    expect(await push(transactionAdded(card.id, { ...refund('r1', 500), state }))).toBe(204);
    expect(await push(transactionChanged(card.id, transaction(3), state))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
  });

  test('that were pending are sent once they succeed', async () => {
    await push(fixture('PaymentTransactionAdded.PendingRefund'));
    expect(await push(transactionChanged(card.id, transaction(3), 'Success'))).toBe(204);
    expect(klaviyo.state.events).toMatchObject([{ metric: 'Refunded Order', unique_id: transaction(3), value: 10 }]);
  });

  test('are no charges', async () => {
    expect(await push(transactionChanged(card.id, transaction(1), 'Success'))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
  });

  test('whose order cannot be queried yet are tried again', async () => {
    const { paymentInfo, ...unpaid } = completed;
    await shop.put('order', unpaid);
    expect(await push(fixture('PaymentTransactionAdded'))).toBe(500);
    expect(log).toMatchObject([{ severity: 'WARNING', error: { class: 'RetryableError' } }]);

    await shop.put('order', completed);
    expect(await push(fixture('PaymentTransactionAdded'))).toBe(204);
    expect(klaviyo.state.events).toMatchObject([{ unique_id: completed.id }]);
  });

  test('that the payment does not show yet are tried again', async () => {
    expect(await push(transactionChanged(card.id, 'unknown', 'Success'))).toBe(500);
    expect(log).toMatchObject([{ error: { class: 'RetryableError' } }]);
  });

  test('of a payment that is gone are acknowledged', async () => {
    await shop.remove('payment', giftCard.id);
    expect(await push(fixture('PaymentTransactionStateChanged'))).toBe(204);
    expect(log).toMatchObject([{ outcome: 'gone' }]);
  });
});
