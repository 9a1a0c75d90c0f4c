import type { History, Reason } from '../history.ts';
import type { Refused } from './delivery.ts';
import { keyOf, type Told } from './facts.ts';
import type { Ledger } from './ledger.ts';

/** Reports facts that Klaviyo lacks. */
interface Missing {
  /** @param reason why that is as it should be; left out for what is not */
  reportMissing(facts: readonly Told[], reason?: Reason): void;
  /** Notes in the ledger what was refused, and reports each of the facts that it was. */
  reportRefused(refused: readonly Refused[], facts: readonly Told[]): void;
}

/** Returns what reports the facts of orders that Klaviyo lacks. */
export function createMissing({ report }: Pick<History, 'report'>, ledger: Ledger): Missing {
  function reportMissing(facts: readonly Told[], reason?: Reason): void {
    for (const { metric, uniqueId, of } of facts) {
      const named = uniqueId === of ? {} : { uniqueId };
      report.add({ subject: metric, what: 'missing', id: of, ...named, ...(reason && { reason }) });
    }
  }

  return {
    reportMissing,
    reportRefused(refused, facts) {
      const byKey = Map.groupBy(facts, keyOf);
      for (const { reason, ...event } of refused) {
        ledger.refuse(event);
        // An order may name a payment twice.
        reportMissing(byKey.get(keyOf(event))?.slice(0, 1) ?? [], reason);
      }
    },
  };
}
