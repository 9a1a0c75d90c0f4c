import { describe, expect, it } from 'vitest';
import { deliveriesOf, isTracked, isWhole } from '../../../../shared/mappers/orders/deliveries.ts';
import { type Fields, lineItem, money, order } from '../../factories.ts';

const delivery = (id: string, minute: number, items: [id: string, quantity: number][]): Fields => ({
  ...{ id, createdAt: `2026-05-15T09:0${minute}:00.000Z` },
  items: items.map(([line, quantity]) => ({ id: line, quantity })),
});
const FEE = { id: 'fee', name: { en: 'Fee' }, quantity: 1, totalPrice: money(100) };
const orderWith = (...deliveries: Fields[]) => order({ customLineItems: [FEE], shippingInfo: { deliveries } });
const isWholeBy = (id: string, ...deliveries: Fields[]) => {
  const one = orderWith(...deliveries);
  return isWhole(one, deliveriesOf(one).find((made) => made.id === id) ?? expect.unreachable());
};

describe('the deliveries of an order', () => {
  const [one, two] = [delivery('one', 2, []), delivery('two', 1, [])];

  it('are in the order in which they were made, in either shipping mode', () => {
    const several = [
      { shippingInfo: { deliveries: [one] } },
      { shippingInfo: null },
      { shippingInfo: { deliveries: [two] } },
    ];
    expect(deliveriesOf(orderWith(one, two)).map(({ id }) => id)).toEqual(['two', 'one']);
    expect(deliveriesOf(order({ shipping: several })).map(({ id }) => id)).toEqual(['two', 'one']);
  });

  it.each([{}, { shippingInfo: null, shipping: null }, { shippingInfo: {}, shipping: [] }])(
    'may be none: %j',
    (fields) => {
      expect(deliveriesOf(order(fields))).toEqual([]);
    },
  );

  it('leave the order without them as it is', () => {
    expect(order({ shippingInfo: undefined })).not.toHaveProperty('shipping');
  });
});

describe('an order is whole', () => {
  it('by the delivery that brings the last piece, not by those before', () => {
    const halves = [delivery('one', 0, [['line-1', 1]]), delivery('two', 1, [['line-1', 1]])];
    expect(['one', 'two'].map((id) => isWholeBy(id, ...halves))).toEqual([false, true]);
  });

  it('without a custom line item that no delivery names', () => {
    expect(isWholeBy('one', delivery('one', 0, [['line-1', 2]]))).toBe(true);
  });

  it('only with all of a custom line item that a delivery names', () => {
    const fees = { ...FEE, quantity: 2 };
    const half = order({
      customLineItems: [fees],
      shippingInfo: {
        deliveries: [
          delivery('one', 0, [
            ['line-1', 2],
            ['fee', 1],
          ]),
        ],
      },
    });
    expect(isWhole(half, deliveriesOf(half)[0] ?? expect.unreachable())).toBe(false);
  });

  it('with each of its lines', () => {
    const two = order({
      lineItems: [lineItem(), lineItem({ id: 'line-2' })],
      shippingInfo: { deliveries: [delivery('one', 0, [['line-1', 4]])] },
    });
    expect(isWhole(two, deliveriesOf(two)[0] ?? expect.unreachable())).toBe(false);
  });
});

it.each([
  [{ trackingId: '1' }, true],
  [{ trackingId: '1', isReturn: false }, true],
  [{ trackingId: '1', isReturn: true }, false],
  [{ carrier: 'DHL' }, false],
  [{ trackingId: '' }, false],
  [undefined, false],
])('a parcel with %j can be tracked: %j', (trackingData, expected) => {
  expect(isTracked({ trackingData })).toBe(expected);
});
