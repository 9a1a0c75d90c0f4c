import type { CommercetoolsClient } from '../client.ts';
import { type Payment, paymentSchema } from '../resources/payment.ts';

/** Reads payments. */
export const paymentReader = ({ api, read }: CommercetoolsClient) => ({
  /** Returns the payment with its transactions as they are now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Payment | undefined> =>
    read(`payment ${ID}`, paymentSchema, api.payments().withId({ ID }).get()),
});
