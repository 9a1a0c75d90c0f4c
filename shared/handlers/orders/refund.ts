import * as z from 'zod';
import {
  type Payment,
  paymentSchema,
  type Transaction,
  transactionSchema,
} from '../../commercetools/resources/payment.ts';
import { RetryableError } from '../../errors.ts';
import { eventTime } from '../../mappers/event-time.ts';
import { toRefundedOrder } from '../../mappers/orders/refund.ts';
import { occurredAt } from '../../platform-format/message.ts';
import { defineHandler, existing } from '../handler.ts';
import { orderEvents } from './events.ts';

/** A refund succeeded: one event for each transaction, with its own amount. */
export const refund = defineHandler({
  name: 'refund',
  resource: 'payment',
  messages: {
    PaymentCreated: z.looseObject({ payment: paymentSchema }),
    PaymentTransactionAdded: z.looseObject({ transaction: transactionSchema }),
    PaymentTransactionStateChanged: z.looseObject({ transactionId: z.string(), state: z.string() }),
  },
  becomes: '`Refunded Order` for each successful refund, with its own amount',
  async plan({ type, notification, payload }, context) {
    const { commercetools, settings } = context;
    const { id } = notification.resource;
    const isRefunded = (state: string) => settings.orders.refundedStates.includes(state);
    const readPayment = async () => existing(await commercetools.payments.byId(id));

    /** The transactions that the message is about; all of the payment when the payload was not included. */
    async function transactions(): Promise<Transaction[]> {
      if (!payload) return (await readPayment()).transactions;
      if (type === 'PaymentCreated') return payload.payment.transactions;
      if (type === 'PaymentTransactionAdded') return [payload.transaction];
      return isRefunded(payload.state) ? [changedTransaction(await readPayment(), payload)] : [];
    }

    const refunds = (await transactions()).filter((one) => one.type === 'Refund' && isRefunded(one.state));
    if (refunds.length === 0) return [];
    const order = await commercetools.orders.byPayment(id);
    if (!order) throw new RetryableError(`no order has payment ${id}, or none that can be queried yet`);
    return orderEvents(order, notification, context, (sources) =>
      refunds.map((transaction) => {
        const time = eventTime(transaction.timestamp, Date.now()) ?? occurredAt(notification);
        return toRefundedOrder(order, transaction, sources.profile, time, sources.context);
      }),
    );
  },
});

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
