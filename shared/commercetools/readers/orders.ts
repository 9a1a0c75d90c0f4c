import * as z from 'zod';
import type { CommercetoolsClient } from '../client.ts';
import { list, maybe, text } from '../resources/common.ts';
import { type Order, orderSchema } from '../resources/order.ts';
import { type Payment, paymentSchema } from '../resources/payment.ts';

/** What makes commercetools show the payments of an order. */
export const WITH_PAYMENTS = { expand: 'paymentInfo.payments[*]' };

export const orderWithPaymentsSchema = orderSchema.extend({
  paymentInfo: maybe(z.looseObject({ payments: list(z.looseObject({ id: text, obj: maybe(paymentSchema) })) })),
});

/** An order and its payments, as they were added; one that could not be expanded is undefined. */
export interface PaidOrder {
  order: Order;
  payments: { id: string; payment: Payment | undefined }[];
}

/** Returns an order apart from its payments: an event carries the order as it is, and no payments. */
export function toPaidOrder(found: z.output<typeof orderWithPaymentsSchema>): PaidOrder {
  const { paymentInfo, ...rest } = found;
  if (!paymentInfo) return { order: rest, payments: [] };
  const payments = paymentInfo.payments.map(({ id, obj }) => ({ id, payment: obj }));
  const references = paymentInfo.payments.map(({ obj: _, ...reference }) => reference);
  return { order: { ...rest, paymentInfo: { ...paymentInfo, payments: references } }, payments };
}

/** Reads orders. */
export const orderReader = ({ api, read, query }: CommercetoolsClient) => ({
  /** Returns the order as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Order | undefined> => read(`order ${ID}`, orderSchema, api.orders().withId({ ID }).get()),

  /** Returns the order of a payment (of several the same at each call); undefined when there is none, or none yet. */
  async byPayment(paymentId: string): Promise<PaidOrder | undefined> {
    const predicate = { where: 'paymentInfo(payments(id=:id))', 'var.id': paymentId };
    const queryArgs = { ...predicate, ...WITH_PAYMENTS, sort: 'id asc', limit: 1 };
    const request = api.orders().get({ queryArgs });
    const [found] = await query(`order of payment ${paymentId}`, orderWithPaymentsSchema, request);
    return found && toPaidOrder(found);
  },
});
