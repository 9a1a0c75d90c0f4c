import type { CommercetoolsClient } from '../client.ts';
import { type Customer, customerSchema } from '../resources/customer.ts';

const expand = ['customerGroup', 'customerGroupAssignments[*].customerGroup'];

/** Reads customers, with their groups expanded. */
export const customerReader = ({ api, read }: CommercetoolsClient) => ({
  /** Returns the customer as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Customer | undefined> =>
    read(`customer ${ID}`, customerSchema, api.customers().withId({ ID }).get({ queryArgs: { expand } })),
});
