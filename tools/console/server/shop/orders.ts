import { randomUUID } from 'node:crypto';
import type { DiscountCodeInfo, Order, OrderState, Payment, Transaction } from '@commercetools/platform-sdk';
import * as z from 'zod';
import { euros } from '../../../soak/shop/order-facts.ts';
import { firstSeeded } from '../../../soak/shop/seeded.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actions } from './action.ts';
import type { Market } from './market.ts';
import { newOrder, purchaseOf, stallOf } from './new-order.ts';

const seedPayment = firstSeeded('payment');

/** What is bought. */
export const purchase = z.strictObject({
  customerId: z.string().min(1).optional(),
  email: z.email().optional(),
  lines: z
    .array(z.strictObject({ sku: z.string().min(1), quantity: z.int().min(1).max(1000).optional() }))
    .min(1)
    .max(100)
    .optional(),
});

/** An order by its id. */
export const orderId = z.strictObject({ orderId: z.string().min(1) });

let numbers = 2000;
/** Gives the number of the next order. */
export function nextOrderNumber(): string {
  numbers += 1;
  return `${new Date().getFullYear()}-${numbers}`;
}

/** Gives a transaction of now that has succeeded. */
export const transaction = (type: 'Charge' | 'Refund', centAmount: number): Transaction => ({
  ...{ id: randomUUID(), timestamp: new Date().toISOString(), type, state: 'Success', amount: euros(centAmount) },
});

/** Adds the payment of an order, and tells it; the order still has to know of it. */
export async function addPayment(market: Market, { totalPrice, customerId }: Order): Promise<Payment> {
  const now = new Date().toISOString();
  const id = randomUUID();
  const payment = await market.put('payment', {
    ...seedPayment,
    ...{ id, version: 1, key: `payment-${id.slice(0, 8)}`, createdAt: now, lastModifiedAt: now },
    ...{ customer: customerId ? { typeId: 'customer', id: customerId } : undefined, amountPlanned: totalPrice },
    transactions: [transaction('Charge', totalPrice.centAmount)],
  });
  market.tell('PaymentCreated', 'payment', payment, { payment });
  return payment;
}

/** What makes an order know its payments. */
export const paidBy = ({ id }: Payment): Pick<Order, 'paymentInfo'> => ({
  paymentInfo: { payments: [{ typeId: 'payment', id }] },
});

const isOpen = ({ orderState }: Order) => orderState === 'Open' || orderState === 'Confirmed';

async function toState(market: Market, id: string, orderState: OrderState): Promise<Order> {
  const order = await market.need('order', id);
  if (!isOpen(order)) throw new ProblemError(409, `Order ${order.orderNumber} is ${order.orderState} already.`);
  const next = await market.edit('order', order, { orderState });
  const { orderState: oldOrderState } = order;
  market.tell('OrderStateChanged', 'order', next, { orderId: id, orderState, oldOrderState });
  return next;
}

/** A discount code as an order has it. Throws a 404 when the shop has no such code. */
async function typedCode(market: Market, code: string): Promise<DiscountCodeInfo> {
  const known = (await market.all('discount-code')).find((one) => one.code === code);
  if (!known) throw new ProblemError(404, `There is no discount code ${code}.`, 'code');
  return { discountCode: { typeId: 'discount-code', id: known.id }, state: 'MatchesCart' };
}

/** An order is placed, and ends. */
export const orderActions: Actions<'place-order' | 'complete' | 'cancel'> = {
  'place-order': {
    request: purchase.extend({ code: z.string().min(1).optional() }),
    async run({ code, ...request }, market) {
      const discountCodes = code === undefined ? [] : [await typedCode(market, code)];
      const bought = newOrder(purchaseOf(await stallOf(market), request), nextOrderNumber());
      const order = { ...bought, discountCodes };
      const payment = await addPayment(market, order);
      const placed = await market.put('order', { ...order, ...paidBy(payment) });
      market.tell('OrderCreated', 'order', placed, { order: placed });
      return { said: `Order ${placed.orderNumber} was placed.`, id: placed.id };
    },
  },
  complete: {
    request: orderId,
    async run(request, market) {
      const { id, orderNumber } = await toState(market, request.orderId, 'Complete');
      return { said: `Order ${orderNumber} is complete.`, id };
    },
  },
  cancel: {
    request: orderId,
    async run(request, market) {
      const { id, orderNumber } = await toState(market, request.orderId, 'Cancelled');
      return { said: `Order ${orderNumber} was cancelled.`, id };
    },
  },
};
