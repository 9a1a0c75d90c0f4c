import pMap from 'p-map';
import type { CommercetoolsClient } from '../client.ts';
import { type Customer, customerSchema } from '../resources/customer.ts';
import { chunksOf, IDS_A_QUERY } from './pages.ts';

/** Reads customers. */
export const customerReader = ({ api, read, query }: CommercetoolsClient) => ({
  /** Returns the customer as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Customer | undefined> =>
    read(`customer ${ID}`, customerSchema, api.customers().withId({ ID }).get()),

  /** Returns those of the customers that exist, in any order: a few queries for many of them. */
  async byIds(ids: readonly string[]): Promise<Customer[]> {
    const pages = await pMap(
      chunksOf([...new Set(ids)], IDS_A_QUERY),
      (chunk) => {
        const queryArgs = { where: 'id in :ids', 'var.ids': chunk, limit: chunk.length, withTotal: false };
        return query('customers', customerSchema, api.customers().get({ queryArgs }));
      },
      { concurrency: 4 },
    );
    return pages.flat();
  },
});
