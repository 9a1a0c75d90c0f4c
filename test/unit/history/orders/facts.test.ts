import { describe, expect, it } from 'vitest';
import { type Payment, paymentSchema } from '../../../../shared/commercetools/resources/payment.ts';
import { factsOf } from '../../../../shared/history/orders/facts.ts';
import { type Fields, lineItem, money, order } from '../../factories.ts';
import { settings } from '../../support.ts';

const UNTIL = Date.parse('2026-07-01T00:00:00Z');
const delivery = (createdAt: string) => ({ id: `delivery of ${createdAt}`, createdAt, items: [], parcels: [] });
const refund = (id: string, fields: Fields = {}) => ({
  ...{ id, type: 'Refund', state: 'Success', amount: money(500), timestamp: '2026-05-20T09:00:00.000Z' },
  ...fields,
});
const payment = (id: string, transactions: Fields[], fields: Fields = {}): Payment =>
  paymentSchema.parse({ id, transactions, lastModifiedAt: '2026-05-21T00:00:00.000Z', ...fields });

/** What there is beside an order: payments, when the window begins, and settings. */
interface Given extends Fields {
  payments?: Payment[];
  since?: number;
}

/** The facts of an order, in a few words. */
function facts(fields: Fields, { payments = [], since, ...given }: Given = {}) {
  const paid = { order: order(fields), payments: payments.map((one) => ({ id: one.id, payment: one })) };
  const found = factsOf(paid, settings(given), { since, until: UNTIL });
  return found.map(({ metric, uniqueId, time }) => `${metric} ${uniqueId} ${time}`);
}

const PLACED = 'Placed Order order-1 2026-05-04T18:21:07.512Z';
const ORDERED = 'Ordered Product line-1 2026-05-04T18:21:08.512Z';

describe('an order was placed', () => {
  it('with its products a second later', () => {
    const lineItems = ['line-1', 'line-2'].map((id) => lineItem({ id }));
    expect(facts({ lineItems })).toEqual([PLACED, ORDERED, ORDERED.replace('line-1', 'line-2')]);
  });

  it('when it was completed where it was imported from, if Klaviyo takes that time', () => {
    const placed = (completedAt: string) => facts({ completedAt })[0];
    expect(placed('2015-03-04T12:00:00.000Z')).toBe('Placed Order order-1 2015-03-04T12:00:00.000Z');
    expect(placed('0001-01-01T00:00:00.000Z')).toBe(PLACED);
  });

  it.each(['Open', 'Confirmed', 'Complete', 'Cancelled'])('whatever became of it: %s', (orderState) => {
    expect(facts({ orderState })).toContain(PLACED);
  });

  it('unless it was imported as cancelled, of which nothing is told', () => {
    expect(facts({ orderState: 'Cancelled', completedAt: '2026-05-04T18:21:07.512Z' })).toEqual([]);
  });

  it('if it was shipped, in whatever state', () => {
    const orders = { placedStates: ['Confirmed'], shippedStates: ['Shipped'] };
    expect(facts({ orderState: 'Open' }, { orders })).toEqual([]);
    expect(facts({ orderState: 'Open', shipmentState: 'Delivered' }, { orders })).toContain(PLACED);
  });

  it('but is not told of where live traffic does not tell of such orders', () => {
    const imported = { completedAt: '2026-05-04T18:21:07.512Z' };
    expect(facts({}, { handlers: { disabled: ['order-placed'] } })).toEqual([]);
    expect(facts(imported, { orders: { placedOn: ['OrderCreated'] } })).toEqual([]);
    expect(facts({}, { orders: { placedOn: ['OrderCreated'] } })).toContain(PLACED);
    expect(facts({}, { orders: { placedOn: ['OrderImported'] } })).toEqual([]);
    expect(facts(imported, { orders: { placedOn: ['OrderImported'] } })).toContain(PLACED);
    expect(facts({}, { orders: { placedOn: ['OrderCustomerSet'] } })).toEqual([]);
    expect(facts({}, { stores: { include: ['de'], withoutStore: false } })).toEqual([]);
  });
});

describe('an order was fulfilled', () => {
  const complete = { orderState: 'Complete', lastModifiedAt: '2026-05-10T08:00:00.000Z' };
  const fulfilled = (fields: Fields, given: Given = {}) =>
    facts({ ...complete, ...fields }, given).find((fact) => fact.startsWith('Fulfilled'));

  it('with its last delivery', () => {
    const deliveries = [delivery('2026-05-08T00:00:00.000Z'), delivery('2026-05-06T00:00:00.000Z')];
    expect(fulfilled({ shippingInfo: { deliveries } })).toBe('Fulfilled Order order-1 2026-05-08T00:00:00.000Z');
  });

  it('else when it was last changed, but not later than a month after it was placed', () => {
    expect(fulfilled({})).toBe('Fulfilled Order order-1 2026-05-10T08:00:00.000Z');
    expect(fulfilled({ lastModifiedAt: '2026-06-28T00:00:00.000Z' })).toContain('2026-06-03T18:21:07.512Z');
    expect(fulfilled({ completedAt: '2015-03-04T12:00:00.000Z' })).toContain('2015-04-03T12:00:00.000Z');
  });

  it('by its shipment, where the settings say so, which tells more', () => {
    const orders = { shippedStates: ['Shipped'] };
    const shipped = { orderState: 'Open', shipmentState: 'Delivered' };
    expect(fulfilled(shipped)).toBeUndefined();
    expect(fulfilled(shipped, { orders })).toContain('2026-05-10');
    expect(fulfilled(shipped, { orders, handlers: { disabled: ['shipment-state'] } })).toBeUndefined();
    const [, , fact] = factsOf({ order: order({ ...complete, ...shipped }), payments: [] }, settings({ orders }), {
      since: undefined,
      until: UNTIL,
    });
    const context = { settings: settings(), breadcrumbs: new Map(), discountCodes: [], historyEnds: UNTIL };
    expect(fact?.toEvent({}, context).event).toMatchObject({
      ...{ metric: 'Fulfilled Order', backfill: true },
      properties: { FulfillmentStatus: 'fulfilled' },
    });
  });

  it('but is not told of where its state is not', () => {
    expect(fulfilled({}, { handlers: { disabled: ['order-state'] } })).toBeUndefined();
  });
});

it('an order that was cancelled was placed before', () => {
  const cancelled = { orderState: 'Cancelled', lastModifiedAt: '2026-05-10T08:00:00.000Z' };
  expect(facts(cancelled)).toEqual([PLACED, ORDERED, 'Cancelled Order order-1 2026-05-10T08:00:00.000Z']);
});

describe('an order was refunded', () => {
  const refunded = (payments: Payment[], given: Given = {}) =>
    facts({}, { payments, ...given }).filter((fact) => fact.startsWith('Refunded'));
  const charge = { id: 'charge', type: 'Charge', state: 'Success', amount: money(1000) };

  it('once for each refund that succeeded, the first of the payment that was charged by the id of the order', () => {
    const payments = [
      payment('payment-1', [refund('refund-1')]),
      payment('payment-2', [charge, refund('refund-2'), refund('refund-3', { state: 'Pending' }), refund('refund-4')]),
    ];
    const at = '2026-05-20T09:00:00.000Z';
    expect(refunded(payments)).toEqual(['refund-1', 'order-1', 'refund-4'].map((id) => `Refunded Order ${id} ${at}`));
    expect(refunded(payments, { orders: { refundUniqueId: 'transaction' } })[1]).toContain('refund-2');
    expect(refunded(payments, { orders: { refundedStates: ['Pending'] } })).toEqual([`Refunded Order refund-3 ${at}`]);
    expect(refunded(payments, { handlers: { disabled: ['refund'] } })).toEqual([]);
  });

  it('when its payment was last changed, if the refund has no time that Klaviyo takes', () => {
    for (const timestamp of [undefined, '0001-01-01T00:00:00.000Z'])
      expect(refunded([payment('payment-1', [refund('refund-1', { timestamp })])])).toEqual([
        'Refunded Order order-1 2026-05-21T00:00:00.000Z',
      ]);
  });
});

describe('what is left to live traffic', () => {
  const late = '2026-07-01T00:00:00.000Z';

  it('is what happened since the window ended, and before it began', () => {
    expect(facts({ createdAt: late })).toEqual([]);
    expect(facts({}, { since: Date.parse('2026-05-05T00:00:00Z') })).toEqual([]);
    const deliveries = [delivery('2026-05-08T00:00:00.000Z')];
    const fields = { orderState: 'Complete', lastModifiedAt: '2026-05-10T00:00:00.000Z', shippingInfo: { deliveries } };
    expect(facts(fields, { since: Date.parse('2026-05-05T00:00:00Z') })).toEqual([
      'Fulfilled Order order-1 2026-05-08T00:00:00.000Z',
    ]);
  });

  it('is an order with its products if one of them is', () => {
    expect(facts({ createdAt: '2026-06-30T23:59:59.500Z' })).toEqual([]);
    expect(facts({ createdAt: '2026-06-30T23:59:58.500Z' })).toHaveLength(2);
  });

  it('is an order that was imported since, unless it is history to live traffic as well', () => {
    const imported = { createdAt: late, lastModifiedAt: late };
    expect(facts({ ...imported, completedAt: '2026-06-30T12:00:00.000Z' })).toEqual([]);
    expect(facts({ ...imported, completedAt: '2026-06-29T12:00:00.000Z' })).toHaveLength(2);
  });

  it.each(['Complete', 'Cancelled'])('is the state of an order that was changed since: %s', (orderState) => {
    const deliveries = [delivery('2026-05-08T00:00:00.000Z')];
    expect(facts({ orderState, lastModifiedAt: late, shippingInfo: { deliveries } })).toEqual([PLACED, ORDERED]);
  });

  it('is a refund of a payment that was changed since, unless it is history to live traffic as well', () => {
    const refunded = (timestamp?: string) => {
      const payments = [payment('payment-1', [refund('refund-1', { timestamp })], { lastModifiedAt: late })];
      return facts({}, { payments }).slice(2);
    };
    expect(refunded(undefined)).toEqual([]);
    expect(refunded('2026-06-30T12:00:00.000Z')).toEqual([]);
    expect(refunded('2026-06-29T12:00:00.000Z')).toHaveLength(1);
  });
});
