import { describe, expect, it } from 'vitest';
import { firstRefund, toRefundedOrder } from '../../../../shared/mappers/orders/refund.ts';
import { type Fields, money, order } from '../../factories.ts';
import { settings } from '../../support.ts';

const TIME = '2026-05-18T09:00:00.000Z';
const transaction = (id: string, type = 'Refund', state = 'Success') => ({ id, type, state, amount: money(1500) });
const eventOf = (isFirst: boolean, orders: Fields = {}, refund = {}, of = {}) => {
  const context = { settings: settings({ orders }), breadcrumbs: new Map(), discountCodes: [], historyEnds: 0 };
  const one = { transaction: { ...transaction('refund-1'), ...refund }, time: TIME, isFirst };
  return toRefundedOrder(order(of), one, { externalId: 'customer-1' }, context).event;
};

describe('Refunded Order', () => {
  it('is an event of the transaction, with its own amount', () => {
    expect(eventOf(false)).toMatchObject({
      metric: 'Refunded Order',
      profile: { externalId: 'customer-1' },
      uniqueId: 'refund-1',
      time: TIME,
      value: 15,
      valueCurrency: 'EUR',
      properties: { OrderId: '1001', ItemNames: ['Jeans'] },
    });
  });

  it('has the order’s id when it is the first of its order, so that Klaviyo counts it', () => {
    expect(eventOf(true)).toMatchObject({ uniqueId: 'order-1', value: 15 });
  });

  it.each([
    ['of the transaction', { refund: 'Too small' }, { refund: 'Other' }, 'Too small'],
    ['of the order where the transaction has none', {}, { refund: 'Other' }, 'Other'],
    ['in the preferred locale', { refund: { en: 'Too small', de: 'Zu klein' } }, {}, 'Too small'],
    ['of nothing that is no text', { refund: 7 }, { refund: '' }, undefined],
  ])('has the Reason %s', (_, own, others, Reason) => {
    const event = eventOf(true, { reasonField: 'refund' }, { custom: { fields: own } }, { custom: { fields: others } });
    expect(event.properties.Reason).toEqual(Reason);
  });

  it('has no Reason unless a setting names the field', () => {
    expect(eventOf(true, {}, { custom: { fields: { undefined: 'x' } } }).properties).not.toHaveProperty('Reason');
  });
});

describe('the first refund of an order', () => {
  it.each([
    ['is the first that was added', [[transaction('charge', 'Charge'), transaction('a'), transaction('b')]], 'a'],
    [
      'is of the payment that was charged first',
      [
        [transaction('charge', 'Charge'), transaction('a')],
        [transaction('other', 'Charge'), transaction('b')],
      ],
      'a',
    ],
    [
      'is of no later payment, as the first one may be refunded yet',
      [[transaction('charge', 'Charge')], [transaction('other', 'Charge'), transaction('b')]],
      undefined,
    ],
    [
      'is not of a payment that came to nothing',
      [
        [transaction('refused', 'Charge', 'Failure'), transaction('authorization', 'Authorization')],
        [transaction('charge', 'Charge'), transaction('b')],
      ],
      'b',
    ],
    ['is of the first payment, if no charge is known', [[transaction('a')], [transaction('b')]], 'a'],
    ['may be pending, and the answer stays the same', [[transaction('a', 'Refund', 'Pending'), transaction('b')]], 'a'],
    [
      'may have failed, and the answer stays the same',
      [[transaction('a', 'Refund', 'Failure'), transaction('b')]],
      'a',
    ],
    ['is none without refunds', [[transaction('charge', 'Charge')]], undefined],
  ])('%s', (_, payments, first) => {
    expect(firstRefund(payments.map((transactions) => ({ id: 'payment', transactions })))).toBe(first);
  });

  it('may have been of a payment that is gone', () => {
    const transactions = [transaction('charge', 'Charge'), transaction('b')];
    expect(firstRefund([undefined, { id: 'payment', transactions }])).toBeUndefined();
  });

  it('stays the first, and the only one, whichever payment is refunded before the other', () => {
    const payment = (...refunds: string[]) => ({
      id: 'payment',
      transactions: [transaction('charge', 'Charge'), ...refunds.map((id) => transaction(id))],
    });
    const told = (
      [
        ['b', [payment(), payment('b')]],
        ['a', [payment('a'), payment('b')]],
      ] as const
    ).filter(([id, payments]) => firstRefund(payments) === id);
    expect(told.map(([id]) => id)).toEqual(['a']);
  });
});
