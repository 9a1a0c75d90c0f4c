import * as z from 'zod';
import type { PaidOrder } from '../../commercetools/readers/orders.ts';
import { text } from '../../commercetools/resources/common.ts';
import {
  type Payment,
  paymentSchema,
  type Transaction,
  transactionSchema,
} from '../../commercetools/resources/payment.ts';
import { RetryableError } from '../../errors.ts';
import { eventTime } from '../../mappers/event-time.ts';
import { firstRefund, refundsOf, toRefundedOrder } from '../../mappers/orders/refund.ts';
import { occurredAt } from '../../platform-format/message.ts';
import { defineHandler, existing, type PlanContext } from '../handler.ts';
import { orderEvents } from './events.ts';

/** A refund succeeded: one event for each transaction, with its own amount. */
export const refund = defineHandler({
  name: 'refund',
  resource: 'payment',
  messages: {
    PaymentCreated: z.looseObject({ payment: paymentSchema }),
    PaymentTransactionAdded: z.looseObject({ transaction: transactionSchema }),
    PaymentTransactionStateChanged: z.looseObject({ transactionId: text, state: z.string() }),
  },
  becomes: '`Refunded Order` for each successful refund, with its own amount',
  async plan({ type, notification, payload }, context) {
    const { commercetools, settings } = context;
    const { id } = notification.resource;
    const readPayment = async () => existing(await commercetools.payments.byId(id));

    /** The transactions that the message is about; all of the payment when the payload was not included. */
    async function transactions(): Promise<Transaction[]> {
      if (!payload) return (await readPayment()).transactions;
      if (type === 'PaymentCreated') return payload.payment.transactions;
      if (type === 'PaymentTransactionAdded') return [payload.transaction];
      const isRefunded = settings.orders.refundedStates.includes(payload.state);
      return isRefunded ? [changedTransaction(await readPayment(), payload)] : [];
    }

    const refunds = refundsOf(await transactions(), settings);
    if (refunds.length === 0) return [];
    const paid = await commercetools.orders.byPayment(id);
    if (!paid) throw new RetryableError(`no order has payment ${id}, or none that can be queried yet`);
    const isByOrder = settings.orders.refundUniqueId === 'order-first';
    const first = isByOrder ? await firstRefundOf(paid, id, refunds, context) : undefined;
    const { order } = paid;
    return orderEvents(order, notification, context, (sources) =>
      refunds.map((transaction) => {
        const time = eventTime(transaction.timestamp, Date.now()) ?? occurredAt(notification);
        const one = { transaction, time, isFirst: transaction.id === first };
        return toRefundedOrder(order, one, sources.profile, sources.context);
      }),
    );
  },
});

/**
 * Returns the id of the first refund of an order. The query of the order brings its payments along; the payment that it does not
 * show as the message tells of it is read by itself.
 */
async function firstRefundOf(
  { payments }: PaidOrder,
  id: string,
  refunds: readonly Transaction[],
  { commercetools }: PlanContext,
): Promise<string | undefined> {
  const missingIn = ({ transactions }: Payment) =>
    refunds.filter((refund) => !transactions.some((one) => one.id === refund.id));
  const current = await Promise.all(
    payments.map(async ({ id: paymentId, payment }) => {
      if (payment && (paymentId !== id || missingIn(payment).length === 0)) return payment;
      const read = await commercetools.payments.byId(paymentId);
      // What commercetools does not show was added last.
      return read && paymentId === id ? { ...read, transactions: [...read.transactions, ...missingIn(read)] } : read;
    }),
  );
  return firstRefund(current);
}

/**
 * Returns a transaction in the state that the message names.
 *
 * @throws RetryableError while commercetools does not show the transaction yet
 */
function changedTransaction(payment: Payment, changed: { transactionId: string; state: string }): Transaction {
  const transaction = payment.transactions.find(({ id }) => id === changed.transactionId);
  if (!transaction) throw new RetryableError(`payment ${payment.id} does not show its transaction yet`);
  return { ...transaction, state: changed.state };
}
