import pMap from 'p-map';
import { PermanentError, RetryableError, SyncError } from '../errors.ts';
import type { Notification } from '../platform-format/schema.ts';
import type { Difference, History, Reason } from './history.ts';
import { turns } from './turns.ts';

/** How many are under way at once, of all batches together: live traffic needs the same quotas. */
const AT_ONCE = 4;
/** How often something is tried that is not ready, as a query that lags behind: for about a minute. */
const TRIES = 8;

/** A resource of commercetools that Klaviyo has otherwise, or not at all. */
export interface Finding {
  /** commercetools' id of the resource. */
  id: string;
  differences: readonly Difference[];
}

/** The way of live traffic, for the resources of a kind. */
export interface LiveRepair {
  /** Repairs what was found, and reports what became of each: what is refused keeps none of the others. */
  mend(findings: readonly Finding[]): Promise<void>;
  /** Writes what is not in the report, as it is now. What is refused is the business of the message that live traffic has of it. */
  renew(ids: readonly string[]): Promise<void>;
}

/** Says of differences that they were repaired. */
export function reportMended({ report }: Pick<History, 'report'>, findings: readonly Finding[]): void {
  for (const difference of findings.flatMap(({ differences }) => differences)) {
    report.add(difference);
    report.remove(difference);
  }
}

/**
 * Returns the way of live traffic for the resources of a kind.
 *
 * @param notificationOf returns what has the handlers write a resource, by its id
 * @param reasonOf returns why what was refused is as it should be; undefined where it is not
 */
export function liveRepair(
  history: Pick<History, 'live' | 'patience' | 'report'>,
  notificationOf: (id: string) => Notification,
  reasonOf: (refusal: SyncError) => Reason | undefined = () => undefined,
): LiveRepair {
  const { live, patience, report } = history;
  const inTurn = turns(AT_ONCE);

  /** Returns the refusal, if it is refused. */
  async function carryOut(id: string): Promise<SyncError | undefined> {
    const delivery = { notification: notificationOf(id), publishedAt: 0 };
    let tries = 0;
    const tryIt = async (): Promise<void> => {
      try {
        await live.carryOut(delivery);
      } catch (error) {
        if (!isOfResource(error) || ++tries < TRIES) throw error;
        throw new PermanentError(error.message);
      }
    };
    try {
      await inTurn(() => patience.persist(tryIt));
      return undefined;
    } catch (error) {
      if (error instanceof SyncError && error.retry === 'never') return error;
      throw error;
    }
  }

  async function mendOne(finding: Finding): Promise<void> {
    const refusal = await carryOut(finding.id);
    if (!refusal) return reportMended(history, [finding]);
    const reason = reasonOf(refusal);
    for (const difference of finding.differences) report.add(reason ? { ...difference, reason } : difference);
  }

  return {
    async mend(findings) {
      await pMap(findings, mendOne, { concurrency: AT_ONCE });
    },
    async renew(ids) {
      await pMap(ids, carryOut, { concurrency: AT_ONCE });
    },
  };
}

/** Of a resource that is not ready, and of no service: one that never is must not hold up the run. */
const isOfResource = (error: unknown): error is RetryableError =>
  error instanceof RetryableError && error.status === undefined && error.code === undefined;
