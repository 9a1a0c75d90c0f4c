import pMap from 'p-map';
import { CredentialsError } from '../../errors.ts';
import type { CommercetoolsClient } from '../client.ts';
import { type Customer, customerSchema } from '../resources/customer.ts';
import { chunksOf, IDS_A_QUERY } from './pages.ts';

const GROUPS = { expand: ['customerGroup', 'customerGroupAssignments[*].customerGroup'] };

/**
 * Returns the function that makes reads of customers with groups. Whether commercetools leaves out the groups that an API client may not
 * see, or refuses the read, is not known: what is refused is read without them, and so is everything after it.
 */
export function groupExpansion() {
  let expansion: Partial<typeof GROUPS> = GROUPS;

  return async <T>(reading: (expansion: Partial<typeof GROUPS>) => Promise<T>): Promise<T> => {
    try {
      return await reading(expansion);
    } catch (error) {
      if (!(error instanceof CredentialsError && error.status === 403 && expansion.expand)) throw error;
      const answer = await reading({});
      expansion = {};
      return answer;
    }
  };
}

/** Reads customers, with their groups expanded where the API client may see groups. */
export function customerReader({ api, read, query }: CommercetoolsClient) {
  const withGroups = groupExpansion();

  return {
    /** Returns the customer as it is now; undefined when it does not exist any more. */
    byId: (ID: string): Promise<Customer | undefined> =>
      withGroups((queryArgs) =>
        read(`customer ${ID}`, customerSchema, api.customers().withId({ ID }).get({ queryArgs })),
      ),

    /** Returns those of the customers that exist, in any order: a few queries for many of them. */
    async byIds(ids: readonly string[]): Promise<Customer[]> {
      const pages = await pMap(
        chunksOf([...new Set(ids)], IDS_A_QUERY),
        (chunk) =>
          withGroups((groups) => {
            const queryArgs = {
              where: 'id in :ids',
              'var.ids': chunk,
              limit: chunk.length,
              withTotal: false,
              ...groups,
            };
            return query('customers', customerSchema, api.customers().get({ queryArgs }));
          }),
        { concurrency: 4 },
      );
      return pages.flat();
    },
  };
}
