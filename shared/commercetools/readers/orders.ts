import type { CommercetoolsClient } from '../client.ts';
import { type Order, orderSchema } from '../resources/order.ts';

/** Reads orders. */
export const orderReader = ({ api, read, query }: CommercetoolsClient) => ({
  /** Returns the order as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Order | undefined> => read(`order ${ID}`, orderSchema, api.orders().withId({ ID }).get()),

  /** Returns the order of a payment (of several the same at each call); undefined when there is none, or none yet. */
  async byPayment(paymentId: string): Promise<Order | undefined> {
    const queryArgs = { where: 'paymentInfo(payments(id=:id))', 'var.id': paymentId, sort: 'id asc', limit: 1 };
    const [order] = await query(`order of payment ${paymentId}`, orderSchema, api.orders().get({ queryArgs }));
    return order;
  },
});
