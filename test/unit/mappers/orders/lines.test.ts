import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, wholeOrder, worthOf } from '../../../../shared/mappers/orders/lines.ts';
import { toOrderEvent } from '../../../../shared/mappers/orders/order.ts';
import { lineItem, money, order } from '../../factories.ts';
import { settings } from '../../support.ts';

const context = {
  settings: settings({ locale: 'en-GB' }),
  breadcrumbs: new Map([['product-1', ['Women']]]),
  discountCodes: [],
  historyEnds: 0,
};
const FEE = { id: 'fee', name: { 'en-GB': 'Fee' }, quantity: 3, totalPrice: money(100) };
const FACTS = { metric: 'Confirmed Shipment', time: '2026-05-04T18:21:07.512Z' };
const [line] = order({
  lineItems: [lineItem({ variant: { id: 1, attributes: [{ name: 'brand', value: 'A' }] } })],
}).lineItems;
const [fee] = order({ customLineItems: [FEE] }).customLineItems;
if (!line || !fee) throw new Error('There are no lines');

describe('an event about some lines of an order', () => {
  it('has their items, names, categories and brands, and is worth their share', () => {
    const lines = [
      { line, pieces: 1 },
      { line: fee, pieces: 2 },
    ];
    const other = lineItem({ id: 'line-2', productId: 'product-2', name: { 'en-GB': 'Jacket' } });
    const { event } = toOrderEvent(order({ lineItems: [line, other] }), {}, { ...FACTS, lines }, context);
    expect(event).toMatchObject({ value: 50.65, valueCurrency: 'EUR' });
    expect(event.properties).toMatchObject({
      ...{ ItemNames: ['Jeans', 'Fee'], Categories: ['Women'], Brands: ['A'] },
      Items: [{ Quantity: 1, ItemPrice: 49.99, RowTotal: 49.99 }],
    });
  });

  it('has properties of its own, which no property of the order replaces', () => {
    const facts = { ...FACTS, properties: { ShipmentStatus: 'confirmed' } };
    const { event } = toOrderEvent(order({ ShipmentStatus: 'mine' }), {}, facts, context);
    expect(event.properties).toMatchObject({ ShipmentStatus: 'confirmed' });
  });
});

describe('what lines are worth', () => {
  it('is nothing without lines', () => {
    expect(worthOf([])).toBe(0);
  });

  it('is free of the noise of fractions', () => {
    const dimes = [10, 20].map((cents) => ({ line: lineItem({ totalPrice: money(cents) }), pieces: 2 }));
    expect(worthOf(dimes)).toBe(0.3);
  });

  it('is all of a row of high precision for all of its pieces, and whole cents for some', () => {
    const totalPrice = {
      type: 'highPrecision',
      currencyCode: 'EUR',
      centAmount: 737,
      preciseAmount: 73725,
      fractionDigits: 4,
    };
    const cartridges = lineItem({ quantity: 3, totalPrice });
    expect([3, 2, 1].map((pieces) => worthOf([{ line: cartridges, pieces }]))).toEqual([7.3725, 4.91, 2.45]);
  });

  it('is never more in parts than as a whole, and less by no more than a cent a part', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        parts,
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.constantFrom(['EUR', 2], ['JPY', 0], ['KWD', 3]),
        (pieces, amount, currency) => {
          const [code, digits] = currency as [string, number];
          const quantity = pieces.reduce((sum, one) => sum + one, 0);
          const row = lineItem({ quantity, totalPrice: money(amount, code, digits) });
          const cents = (major: number) => Math.round(major * 10 ** digits);
          const sum = pieces.reduce((total, one) => total + cents(worthOf([{ line: row, pieces: one }])), 0);
          expect(sum).toBeLessThanOrEqual(amount);
          expect(sum).toBeGreaterThan(amount - Math.max(pieces.length, 1));
        },
      ),
    );
  });
});

it('the whole order has every line with all of its pieces', () => {
  const whole = wholeOrder(order({ customLineItems: [FEE] }));
  expect(whole.map(({ line: { id }, pieces }) => [id, pieces])).toEqual([
    ['line-1', 2],
    ['fee', 3],
  ]);
});

it('the entries of one line count together', () => {
  expect([
    ...piecesOf([
      { id: 'a', quantity: 1 },
      { id: 'b', quantity: 2 },
      { id: 'a', quantity: 3 },
    ]),
  ]).toEqual([
    ['a', 4],
    ['b', 2],
  ]);
});
