import type { ShownProfile } from '../../klaviyo/bulk/account.ts';
import type { History } from '../history.ts';
import { liveRepair } from '../live-repair.ts';
import { deletionOf } from '../notifications.ts';
import { createSweep } from '../sweep.ts';

/** Customers that are looked at together. */
const MOST = 5000;

/** Customers whom the events of a run must not bring back. */
export interface Comebacks {
  /** Notes customers whose events were sent, by id, and looks at those that were noted when they are many. */
  sent(customerIds: readonly string[]): Promise<void>;
  /** Looks at the customers that are left, and once more at all who are gone: Klaviyo may have recorded their events late. */
  finish(): Promise<void>;
}

/**
 * Returns what looks whether customers were deleted while their events were on the way: an event that comes after the erasure makes the
 * profile anew. Such a profile is erased again, unless the settings keep profiles.
 *
 * @param since when the run began, in milliseconds since the epoch: no profile is erased that was there before
 */
export function createComebacks(history: History, since: number): Comebacks {
  const { account, commercetools, patience } = history;
  const erasure = liveRepair(history, deletionOf('customer', history));
  const gone = new Set<string>();
  let noted = new Set<string>();

  const sweep = createSweep<true>(history, async (ids) => {
    const customers = await patience.persist(() => commercetools.customers.byIds(ids));
    return new Map(customers.map(({ id }) => [id, true]));
  });

  async function look(): Promise<void> {
    const some = new Map([...noted].map((id) => [id, true] as const));
    noted = new Set();
    const swept = await sweep(some);
    for (const id of swept.gone) gone.add(id);
    const profiles = await account.profilesByExternalId([...gone]);
    await erasure.renew([...profiles].filter(([, profile]) => isNew(profile)).map(([id]) => id));
  }

  const isNew = ({ attributes }: ShownProfile): boolean => Date.parse(String(attributes.created)) >= since;

  return {
    async sent(customerIds) {
      for (const id of customerIds) noted.add(id);
      if (noted.size >= MOST) await look();
    },
    finish: look,
  };
}
