import { findExtras } from '../extras.ts';
import type { History } from '../history.ts';

/** Reports the profiles whose customer commercetools does not have. They are never deleted: that is what an erasure is for. */
export async function findExtraProfiles(history: History): Promise<void> {
  const { account, commercetools, report } = history;
  async function* pages(): AsyncGenerator<string[], void> {
    for await (const page of account.profiles()) yield page.flatMap(({ externalId }) => externalId ?? []);
  }
  await findExtras(history, {
    kind: 'customers',
    subject: 'profile',
    pages: pages(),
    query: commercetools.customers.byIds,
    isThere: async (id) => (await commercetools.customers.byId(id)) !== undefined,
    take: async (extra) => report.add(extra),
  });
}
