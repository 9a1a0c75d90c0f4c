import type { Order, Transaction } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { message, tick } from './notifications.ts';
import { addFact, changeOrder, euros, orderOf } from './order-facts.ts';
import { firstSeeded } from './seeded.ts';
import type { Fact, ShopState } from './state.ts';

const seedPayment = firstSeeded('payment');

/** What becomes of payments. Each gives the notifications of one change, none when nothing can change so. */
export interface Payments {
  /** A charge and a refund, which may still be pending. */
  pay(): Change[];
  /** A pending refund succeeds or fails. */
  settleRefund(): Change[];
  /** Does what is still to come without a notification. */
  finish(): void;
}

/** Makes up payments. */
export function createPayments(state: ShopState, random: Random): Payments {
  const unlinked: (() => void)[] = [];
  const pendingRefunds: { paymentId: string; transactionId: string; orderId: string }[] = [];

  /** The first refund of an order is told of under the order's id. */
  function nameFirstRefund({ id, paymentInfo }: Order, refunds: ReadonlyMap<string, Fact>): void {
    const transactions = paymentInfo?.payments.flatMap((payment) => state.payments.get(payment.id)?.transactions ?? []);
    const first = transactions?.find(({ type }) => type === 'Refund');
    const fact = refunds.get(first?.id ?? '');
    if (fact) fact.uniqueId = id;
  }

  return {
    pay() {
      unlinked.shift()?.();
      const order = random.pickRecent(state.orders);
      if (!order) return [];
      const timestamp = tick();
      const cents = 100 + random.below(order.totalPrice.centAmount);
      const outcome = random.pick(['Success', 'Success', 'Pending'] as const);
      const charge = { id: random.uuid(), timestamp, type: 'Charge' as const, amount: euros(cents), state: outcome };
      const refund: Transaction = { ...charge, id: random.uuid(), type: 'Refund' };
      const id = random.uuid();
      const about = { id, version: 2, key: `pay-${id}`, createdAt: timestamp, lastModifiedAt: timestamp };
      const payment = { ...seedPayment, ...about, transactions: [charge, refund] };
      state.payments.set(id, payment);
      const link = () => {
        const current = orderOf(state, order.id);
        const payments = [...(current.paymentInfo?.payments ?? []), { typeId: 'payment' as const, id }];
        changeOrder(state, current, { paymentInfo: { payments } });
      };
      // A message may be faster than the order that it belongs to.
      if (random.chance(0.3)) unlinked.push(link);
      else link();
      if (outcome === 'Success')
        addFact(state, 'refund', 'Refunded Order', order, { uniqueId: refund.id, time: timestamp, cents });
      else pendingRefunds.push({ paymentId: id, transactionId: refund.id, orderId: order.id });
      return [charge, refund].map((transaction) => ({
        kind: 'refund',
        payload: message('PaymentTransactionAdded', 'payment', payment, { transaction }),
      }));
    },

    settleRefund() {
      const refund = pendingRefunds.shift();
      const payment = state.payments.get(refund?.paymentId ?? '');
      if (!refund || !payment) return [];
      const outcome = random.pick(['Success', 'Success', 'Failure'] as const);
      const { transactionId } = refund;
      const transactions = payment.transactions.map((one) =>
        one.id === transactionId ? { ...one, state: outcome } : one,
      );
      const next = { ...payment, version: payment.version + 1, lastModifiedAt: tick(), transactions };
      state.payments.set(payment.id, next);
      const settled = transactions.find(({ id }) => id === transactionId);
      if (settled && outcome === 'Success') {
        const { timestamp: time = '', amount } = settled;
        addFact(state, 'refund', 'Refunded Order', orderOf(state, refund.orderId), {
          uniqueId: transactionId,
          time,
          cents: amount.centAmount,
        });
      }
      const payload = message('PaymentTransactionStateChanged', 'payment', next, { transactionId, state: outcome });
      return [{ kind: 'refund', payload }];
    },

    finish() {
      for (const link of unlinked.splice(0)) link();
      const refunds = state.facts.filter(({ kind }) => kind === 'refund');
      const byTransaction = new Map(refunds.map((fact) => [fact.uniqueId, fact]));
      for (const order of state.orders.values()) nameFirstRefund(order, byTransaction);
    },
  };
}
