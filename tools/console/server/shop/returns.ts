import { randomInt, randomUUID } from 'node:crypto';
import type { Order, ReturnItem } from '@commercetools/platform-sdk';
import * as z from 'zod';
import { ProblemError } from '../http/problem.ts';
import type { Actions } from './action.ts';
import { addPayment, orderId, paidBy, transaction } from './orders.ts';
import { shippedOf } from './parcels.ts';

/** What is coming back, or has come, of an order. */
export const returnsOf = ({ returnInfo = [] }: Order): ReturnItem[] => returnInfo.flatMap(({ items }) => items);

/** How many pieces of each line are in returns, by the line's id. */
export function returnedOf(order: Order): Map<string, number> {
  const returned = new Map<string, number>();
  for (const item of returnsOf(order))
    if (item.type === 'LineItemReturnItem')
      returned.set(item.lineItemId, (returned.get(item.lineItemId) ?? 0) + item.quantity);
  return returned;
}

/** The pieces of an order that were shipped and are in no return. */
export function returnableOf(order: Order): { id: string; quantity: number }[] {
  const [shipped, returned] = [shippedOf(order), returnedOf(order)];
  return [...shipped]
    .map(([id, quantity]) => ({ id, quantity: quantity - (returned.get(id) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

/** An order comes back, and its money goes back. */
export const returnActions: Actions<'return' | 'receive-return' | 'refund'> = {
  return: {
    request: orderId.extend({ lineId: z.string().min(1).optional(), quantity: z.int().min(1).optional() }),
    async run({ orderId, lineId, quantity = 1 }, market) {
      const order = await market.need('order', orderId);
      const line = returnableOf(order).find(({ id }) => lineId === undefined || id === lineId);
      if (!line || line.quantity < quantity)
        throw new ProblemError(409, `Of order ${order.orderNumber} ${line?.quantity ?? 0} such pieces can come back.`);
      const createdAt = new Date().toISOString();
      const item: ReturnItem = {
        ...{ type: 'LineItemReturnItem', id: randomUUID(), lineItemId: line.id, quantity },
        ...{ shipmentState: 'Advised', paymentState: 'Initial', createdAt, lastModifiedAt: createdAt },
      };
      const returnInfo = { returnTrackingId: `RET${randomInt(1e6, 1e7)}`, returnDate: createdAt, items: [item] };
      const next = await market.edit('order', order, { returnInfo: [...(order.returnInfo ?? []), returnInfo] });
      market.tell('ReturnInfoAdded', 'order', next, { returnInfo });
      return { said: `${quantity} of order ${order.orderNumber} will come back.`, id: orderId };
    },
  },
  'receive-return': {
    request: orderId.extend({ returnId: z.string().min(1).optional() }),
    async run({ orderId, returnId }, market) {
      const order = await market.need('order', orderId);
      const item = returnsOf(order).find(
        ({ id, shipmentState }) => shipmentState === 'Advised' && (returnId === undefined || id === returnId),
      );
      if (!item) throw new ProblemError(409, `Nothing of order ${order.orderNumber} is on its way back.`);
      const shipmentState = 'Returned' as const;
      const returnInfo = order.returnInfo?.map((info) => ({
        ...info,
        items: info.items.map((one) => (one.id === item.id ? { ...one, shipmentState } : one)),
      }));
      const next = await market.edit('order', order, { returnInfo });
      const told = { returnItemId: item.id, returnShipmentState: shipmentState };
      market.tell('OrderReturnShipmentStateChanged', 'order', next, told);
      return { said: `${item.quantity} of order ${order.orderNumber} came back.`, id: orderId };
    },
  },
  refund: {
    request: orderId.extend({ amount: z.number().positive().optional() }),
    async run({ orderId, amount }, market) {
      let order = await market.need('order', orderId);
      const [paid] = order.paymentInfo?.payments ?? [];
      const payment = (paid && (await market.get('payment', paid.id))) ?? (await addPayment(market, order));
      if (!paid) order = await market.edit('order', order, paidBy(payment));
      const left = order.totalPrice.centAmount - refundedOf(payment.transactions);
      const digits = 10 ** order.totalPrice.fractionDigits;
      const cents = amount === undefined ? left : Math.round(amount * digits);
      if (cents < 1 || cents > left)
        throw new ProblemError(409, `Of order ${order.orderNumber} ${left / digits} can be refunded.`, 'amount');
      const refund = { ...transaction('Refund', cents), amount: { ...order.totalPrice, centAmount: cents } };
      const transactions = [...payment.transactions, refund];
      const next = await market.edit('payment', payment, { transactions });
      market.tell('PaymentTransactionAdded', 'payment', next, { transaction: refund });
      return { said: `${cents / digits} of order ${order.orderNumber} were refunded.`, id: orderId };
    },
  },
};

/** What was refunded by transactions, in minor units. */
export const refundedOf = (transactions: readonly { type: string; state: string; amount: { centAmount: number } }[]) =>
  transactions
    .filter(({ type, state }) => type === 'Refund' && state === 'Success')
    .reduce((sum, one) => sum + one.amount.centAmount, 0);
