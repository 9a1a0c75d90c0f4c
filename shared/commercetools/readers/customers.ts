import type { CommercetoolsClient } from '../client.ts';
import { type Customer, customerSchema } from '../resources/customer.ts';

/** Reads customers. */
export const customerReader = ({ api, read }: CommercetoolsClient) => ({
  /** The customer as it is now; undefined when it is gone. */
  byId: (ID: string): Promise<Customer | undefined> =>
    read(`customer ${ID}`, customerSchema, api.customers().withId({ ID }).get()),
});
