import * as z from 'zod';
import { type Transaction, transactionSchema } from '../../commercetools/resources/payment.ts';
import { existing, RetryableError } from '../../errors.ts';
import { toRefundedOrder } from '../../mappers/orders/refund.ts';
import { isMessage, messagePayload, messageType, timeOf } from '../../platform-format/message.ts';
import type { Message, Notification } from '../../platform-format/schema.ts';
import { defineHandler, type PlanContext } from '../handler.ts';
import { orderEvents } from './events.ts';

const accepts = (notification: Notification): notification is Message =>
  isMessage(notification, 'PaymentTransactionAdded', 'PaymentTransactionStateChanged');

const addedSchema = z.looseObject({ transaction: transactionSchema });
const changedSchema = z.looseObject({ transactionId: z.string(), state: z.string() });

/** A refund succeeded: one event for each transaction, with its own amount. */
export const refund = defineHandler('refund', accepts, async (message, context) => {
  const refunds = await refundsOf(message, context);
  if (refunds.length === 0) return [];
  const order = await context.commercetools.orders.byPayment(message.resource.id);
  if (!order) throw new RetryableError(`no order has payment ${message.resource.id}, or none that can be queried yet`);
  return orderEvents(order, context, (profile, facts) =>
    refunds.map((transaction) =>
      toRefundedOrder(order, transaction, profile, transaction.timestamp ?? timeOf(message), facts),
    ),
  );
});

/** The successful refunds that a message tells of; all of the payment when it could not be included. */
async function refundsOf(message: Message, { commercetools, settings }: PlanContext): Promise<Transaction[]> {
  const succeeded = (state: string) => settings.orders.refundedStates.includes(state);
  const isRefund = ({ type, state }: Transaction) => type === 'Refund' && succeeded(state);
  const payment = async () => existing(await commercetools.payments.byId(message.resource.id));

  if (message.payloadNotIncluded) return (await payment()).transactions.filter(isRefund);
  if (messageType(message) === 'PaymentTransactionAdded') {
    const added = messagePayload(message, addedSchema);
    return added ? [added.transaction].filter(isRefund) : [];
  }
  const changed = messagePayload(message, changedSchema);
  if (!changed || !succeeded(changed.state)) return [];
  const transaction = (await payment()).transactions.find(({ id }) => id === changed.transactionId);
  if (!transaction) throw new RetryableError(`payment ${message.resource.id} does not show its transaction yet`);
  return [{ ...transaction, state: changed.state }].filter(isRefund);
}
