import type { Order } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import { LANDMARKS } from './landmark-ids.ts';
import { message } from './notifications.ts';
import { euros, withCodes } from './order-facts.ts';
import { firstSeeded } from './seeded.ts';
import type { ShopState } from './state.ts';

const PLACED = '2026-07-01T08:00:00.000Z';

/** An order of the landmark customer for the landmark product: placed, fulfilled, and refunded in part. */
export function landmarkOrder(state: ShopState): Change[] {
  const seed = firstSeeded('order');
  const variant = state.products.get(LANDMARKS.product)?.masterData.current.masterVariant;
  const customer = state.customers.get(LANDMARKS.customer);
  const lineItems = seed.lineItems.slice(0, 1).map((line) => ({
    ...line,
    ...{ id: LANDMARKS.line, productId: LANDMARKS.product, productKey: 'landmark', quantity: 2 },
    ...{ name: { 'de-DE': 'Gerade Jeans', 'en-GB': 'Straight Jeans' }, productSlug: { 'en-GB': 'straight jeans' } },
    ...{ variant: variant ?? line.variant, price: { id: 'price-1', value: euros(4995) }, totalPrice: euros(9990) },
  }));
  const placed: Order = {
    ...seed,
    ...{
      id: LANDMARKS.order,
      version: 1,
      orderNumber: 'LANDMARK',
      createdAt: PLACED,
      lineItems,
      totalPrice: euros(9990),
    },
    ...{ customerId: LANDMARKS.customer, customerEmail: customer?.email, billingAddress: customer?.addresses[1] },
    ...withCodes(0),
    discountOnTotalPrice: { discountedAmount: euros(250), includedDiscounts: [] },
    orderState: 'Open',
  };
  const payments = [{ typeId: 'payment' as const, id: LANDMARKS.payment }];
  const fulfilled: Order = { ...placed, version: 2, orderState: 'Complete', paymentInfo: { payments } };
  state.putOrder(placed);
  state.putOrder(fulfilled);
  const transaction = { id: LANDMARKS.refund, type: 'Refund' as const, amount: euros(1050), state: 'Success' as const };
  const refund = { ...transaction, timestamp: '2026-07-03T10:00:00.000Z' };
  const payment = { ...firstSeeded('payment'), id: LANDMARKS.payment, version: 2, transactions: [refund] };
  state.payments.set(payment.id, payment);
  const orderId = LANDMARKS.order;
  const facts = [
    { kind: 'order-placed' as const, metric: 'Placed Order', uniqueId: orderId, time: PLACED, cents: 9990 },
    {
      kind: 'order-placed' as const,
      metric: 'Ordered Product',
      uniqueId: LANDMARKS.line,
      time: '2026-07-01T08:00:01.000Z',
      cents: 9990,
    },
    {
      kind: 'order-state' as const,
      metric: 'Fulfilled Order',
      uniqueId: orderId,
      time: '2026-07-02T09:00:00.000Z',
      cents: 9990,
    },
    {
      kind: 'refund' as const,
      metric: 'Refunded Order',
      uniqueId: orderId,
      time: refund.timestamp,
      cents: 1050,
    },
  ];
  state.facts.push(...facts.map((fact) => ({ ...fact, orderId })));
  const payload = { orderId, orderState: 'Complete', oldOrderState: 'Open' };
  return [
    { kind: 'order-placed', payload: message('OrderCreated', 'order', placed, { order: placed }) },
    {
      kind: 'order-state',
      payload: message('OrderStateChanged', 'order', fulfilled, payload, '2026-07-02T09:00:00.000Z'),
    },
    { kind: 'refund', payload: message('PaymentTransactionAdded', 'payment', payment, { transaction: refund }) },
  ];
}
